"""CSV in and out of the catalogue: files as people make them, not as programs wish them."""
