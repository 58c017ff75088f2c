"""The read side: one statement a question, flat rows, no locks, no transaction."""
