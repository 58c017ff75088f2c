"""marshmallow schemas, at the edge only: what is taken, what is answered."""
