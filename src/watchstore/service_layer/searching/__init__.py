"""Finding a watch: what is indexed, what a query means, and how the two are matched."""
