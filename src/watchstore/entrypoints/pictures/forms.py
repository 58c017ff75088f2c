"""Outlines: one family of curves from the ellipse over the cushion to the rounded rectangle."""

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final

from watchstore.entrypoints.pictures.paper import Point, num, polar, polygon

RECTANGULAR: Final = 5.0  # from this power on a form is a rectangle with rounded corners


@dataclass(frozen=True, slots=True)
class Form:
    """A superellipse of half width, half height and power (2 is the ellipse)."""

    half_width: float
    half_height: float
    power: float = 2.0

    @property
    def round(self) -> bool:
        return self.power == 2.0 and self.half_width == self.half_height

    def inset(self, by: float) -> "Form":
        return Form(self.half_width - by, self.half_height - by, self.power)

    def scaled(self, by: float) -> "Form":
        return Form(self.half_width * by, self.half_height * by, self.power)

    def reach(self, angle: float) -> float:
        """How far the outline is from the middle at an angle from twelve."""
        across = abs(sin(radians(angle))) / self.half_width
        along = abs(cos(radians(angle))) / self.half_height
        power = self.power if self.power < RECTANGULAR else 30.0
        return float((across**power + along**power) ** (-1 / power))

    def at_hour(self, hour: int, share: float) -> Point:
        """So far out on the way from the middle to an hour."""
        return polar(hour * 30, self.reach(hour * 30) * share)

    def outline(self) -> str:
        if self.power >= RECTANGULAR:
            return self._rectangle()
        w, h = num(self.half_width), num(self.half_height)
        pull = (8 * 0.5 ** (1 / self.power) - 4) / 3
        a, b = num(self.half_width * pull), num(self.half_height * pull)
        return (
            f"M0-{h}C{a}-{h} {w}-{b} {w} 0C{w} {b} {a} {h} 0 {h}"
            f"C-{a} {h}-{w} {b}-{w} 0C-{w}-{b}-{a}-{h} 0-{h}Z"
        )

    def _rectangle(self) -> str:
        r = min(self.half_width, self.half_height) * 2 / self.power
        w, h, corner = self.half_width, self.half_height, f"a{num(r)} {num(r)} 0 0 1 "
        return (
            f"M{num(r - w)} {num(-h)}H{num(w - r)}{corner}{num(r)} {num(r)}V{num(h - r)}"
            f"{corner}{num(-r)} {num(r)}H{num(r - w)}{corner}{num(-r)} {num(-r)}V{num(r - h)}"
            f"{corner}{num(r)} {num(-r)}Z"
        )


def octagon(radius: float, corner: float = 0.12) -> str:
    """A regular octagon with flat top and softened corners; `radius` to its sides."""
    side = radius / cos(radians(22.5))
    tips = [polar(22.5 + 45 * i, side) for i in range(8)]
    ends = [(tip, other) for i, tip in enumerate(tips) for other in (tips[i - 1], tips[i - 7])]
    return polygon(*(_between(tip, other, corner) for tip, other in ends))


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
