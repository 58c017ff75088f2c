"""How much the shop adds to what cannot be avoided: ratios against bare routes, in one run."""
