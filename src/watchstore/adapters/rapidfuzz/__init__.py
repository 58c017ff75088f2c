"""Typing errors forgiven with rapidfuzz."""
