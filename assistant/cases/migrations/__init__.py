"""The steps by which a register comes to the present schema."""
