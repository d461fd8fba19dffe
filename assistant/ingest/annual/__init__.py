"""Published annual reports: the form, the tables, the prose, the audit, and answers from their figures."""
