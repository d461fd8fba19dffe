"""The optional chat model: adapter and prompt files."""
