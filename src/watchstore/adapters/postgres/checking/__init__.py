"""Cross-checks of everything that PostgreSQL keeps: what the schema itself can't refuse, and what
it could have refused if nobody had gone round it. Each statement finds ids, and says what is odd.
"""
