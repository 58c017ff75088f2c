"""The catalogue's questions: plain SQL over one row per published watch."""
