"""What the shop DOES: use cases over the domain, and the ports they need."""
