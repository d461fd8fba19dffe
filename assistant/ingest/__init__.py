"""From files to nouns: letters, statutes and published reports read into typed values."""
