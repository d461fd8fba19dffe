"""The letter: clause library, composition from facts, the gate that refuses to sign, and the document."""
