"""The watch drawn as SVG from what the catalogue knows of it: pure, and to scale."""

from watchstore.entrypoints.pictures.drawing import draw
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.reading import look_of
from watchstore.entrypoints.pictures.watches import look_of_watch
from watchstore.entrypoints.pictures.wrist import on_wrist

__all__ = ["Look", "draw", "look_of", "look_of_watch", "on_wrist"]
