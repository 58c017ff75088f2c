"""The sheet a watch is drawn on: marks in order, shared definitions with ids of one prefix."""

import re
from math import cos, radians, sin, tau
from typing import Final

Point = tuple[float, float]
Stop = tuple[float, str] | tuple[float, str, float]

_PREFIX: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")


def num(value: float) -> str:
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def polar(angle: float, radius: float) -> Point:
    """A point at `angle` degrees clockwise from twelve."""
    turn = radians(angle)
    return radius * sin(turn), -radius * cos(turn)


def turned(angle: float, x: float, r: float) -> Point:
    """So far to the right of the ray at an angle, and so far along it."""
    (ax, ay), (rx, ry) = polar(angle + 90, x), polar(angle, r)
    return ax + rx, ay + ry


def points(*places: Point) -> str:
    return " ".join(f"{num(x)} {num(y)}" for x, y in places)


def polygon(*places: Point) -> str:
    return f"M{points(places[0])}L{points(*places[1:])}Z"


def tag(_name: str, _inside: str = "", /, **attributes: str | float | None) -> str:
    """An element; attribute names are written with _ for -, and left out when None."""
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{_plain(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{_name}{written}>{_inside}</{_name}>" if _inside else f"<{_name}{written}/>"


def _plain(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.3f}".rstrip("0").rstrip(".")


def path(d: str, fill: str = "none", **attributes: str | float | None) -> str:
    return tag("path", "", d=d, fill=fill, **attributes)


def line(d: str, stroke: str, width: float, **attributes: str | float | None) -> str:
    return tag("path", "", d=d, fill="none", stroke=stroke, stroke_width=width, **attributes)


def disc(radius: float, fill: str = "none", at: Point = (0, 0), **more: str | float | None) -> str:
    cx, cy = (num(at[0]) if at[0] else None), (num(at[1]) if at[1] else None)
    return tag("circle", "", cx=cx, cy=cy, r=num(radius), fill=fill, **more)


def group(inside: str, **attributes: str | float | None) -> str:
    return tag("g", inside, **attributes) if inside else ""


def ticks(radius: float, count: int, width: float, length: float, colour: str) -> str:
    """`count` radial ticks as one dashed circle, the first at twelve."""
    pitch = tau * radius / count
    return disc(
        radius,
        stroke=colour,
        stroke_width=f"{length:.1f}",
        transform="rotate(-90)",
        stroke_dasharray=f"{width:.2f} {pitch - width:.3f}",
        stroke_dashoffset=f"{width / 2:.2f}",
    )


class Paper:
    """Collects marks and definitions; equal definitions are shared."""

    def __init__(self, prefix: str) -> None:
        if not _PREFIX.fullmatch(prefix):
            raise ValueError(f"not an id prefix: {prefix!r}")
        self._prefix = prefix
        self._ids: dict[tuple[str, str, str], str] = {}
        self._defs: list[str] = []
        self._marks: list[str] = []

    def add(self, *marks: str) -> None:
        self._marks.extend(marks)

    def define(self, name: str, inside: str, attributes: str = "") -> str:
        """The id of a definition, made when first asked for."""
        key = (name, inside, attributes)
        if key not in self._ids:
            self._ids[key] = f"{self._prefix}-{len(self._ids)}"
            self._defs.append(f'<{name} id="{self._ids[key]}"{attributes}>{inside}</{name}>')
        return self._ids[key]

    def linear(self, stops: list[Stop], x1: float, y1: float, x2: float, y2: float) -> str:
        """A gradient along a line given in fractions of what it fills."""
        ends = f' x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"'
        return f"url(#{self.define('linearGradient', _stops(stops), ends)})"

    def ramp(self, tones: tuple[str, ...]) -> str:
        """Tones spread evenly at 45 degrees: polished metal."""
        last = len(tones) - 1
        return self.linear([(i / last, tone) for i, tone in enumerate(tones)], 0, 0, 1, 1)

    def radial(self, stops: list[Stop], focus: Point = (0.5, 0.5), radius: float = 0.5) -> str:
        place = f' fx="{focus[0]:g}" fy="{focus[1]:g}" r="{radius:g}"'
        return f"url(#{self.define('radialGradient', _stops(stops), place)})"

    def clip(self, d: str) -> str:
        return f"url(#{self.define('clipPath', path(d, '#000'))})"

    def strokes(self, d: str, *styles: tuple[str, float, float, str]) -> str:
        """The same line drawn in several ways: colour, width, opacity, transform."""
        shape = self.define("path", "", f' d="{d}" fill="none"')
        return "".join(
            tag(
                "use",
                "",
                href=f"#{shape}",
                stroke=colour,
                stroke_width=width,
                opacity=opacity,
                transform=transform or None,
            )
            for colour, width, opacity, transform in styles
        )

    def symbol(self, marks: str) -> str:
        return f"#{self.define('g', marks)}"

    def marks(self) -> str:
        return f"<defs>{''.join(self._defs)}</defs>{''.join(self._marks)}"


def _stops(stops: list[Stop]) -> str:
    return "".join(_stop(*each) for each in stops)


def _stop(offset: float, colour: str, opacity: float = 1) -> str:
    seen = "" if opacity == 1 else f' stop-opacity="{opacity:g}"'
    return f'<stop offset="{offset:.3g}" stop-color="{colour}"{seen}/>'
