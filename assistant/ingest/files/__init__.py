"""Files as people keep them, read into text: letters, web pages, Word, PDF, spreadsheets, folders, archives."""
