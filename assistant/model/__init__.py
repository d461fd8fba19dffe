"""The optional chat model: adapter, prompt files, masking of personal data."""
