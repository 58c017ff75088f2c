"""One module per repository: rows to aggregates and back, by hand.

Locks are FOR NO KEY UPDATE: they exclude each other, yet let others insert rows that refer here.
"""
