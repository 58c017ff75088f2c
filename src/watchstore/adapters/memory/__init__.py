"""In-memory twins of the shop's ports, as strict as the real servers."""
