"""What the shop says on paper and by mail, in each of its languages."""
