"""One conversation with a clerk: what was meant, what to answer, what to ask next."""
