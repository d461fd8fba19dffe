"""The page clerks work in: it parses, calls and shows. No law, no prompts and no storage here."""
