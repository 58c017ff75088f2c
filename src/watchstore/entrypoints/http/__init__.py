"""An online store for watches."""
