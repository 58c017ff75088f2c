"""The measures of a picture in pixels, worked out once from a look; the middle is the origin."""

from dataclasses import dataclass
from typing import Final

from watchstore.entrypoints.pictures.forms import RECTANGULAR, Form
from watchstore.entrypoints.pictures.look import Look

FRAME_WIDTH: Final = 800
FRAME_HEIGHT: Final = 1000
PX_PER_MM: Final = 10.6  # for every watch, so that sizes can be compared
TAPER: Final = 0.86  # of a strap, from the lugs to its end

_POWERS: Final = {
    "round": 2.0,
    "cushion": 3.3,
    "rectangle": 12.0,
    "square": 7.0,
    "tonneau": 2.9,
    "octagon": 2.6,
    "porthole": 3.0,
    "ellipse": 2.0,
    "resin": 4.0,
}
_DIAL_SHARE: Final = {
    "smooth": 0.85,
    "thin": 0.905,
    "fluted": 0.825,
    "dive": 0.765,
    "two-colour": 0.765,
    "tachymeter": 0.77,
    "screwed": 0.76,
    "stones": 0.81,
    "coin": 0.83,
}
_TURNED: Final = frozenset({"fluted", "dive", "two-colour", "tachymeter", "coin", "screwed"})
_STRAP_SHARE: Final = {
    "round": 0.5,
    "cushion": 0.56,
    "rectangle": 0.76,
    "square": 0.66,
    "tonneau": 0.6,
    "octagon": 0.64,
    "porthole": 0.6,
    "ellipse": 0.58,
    "resin": 0.5,
}


@dataclass(frozen=True, slots=True)
class Plan:
    case: Form
    ring: Form  # what the bezel fills: the case, or a circle on a case of another shape
    dial: Form
    strap_width: float  # at the lugs
    lug_tip: float  # from the middle
    strap_end: float  # where the strap turns away from the eye

    @property
    def radius(self) -> float:
        """Of the dial, where one figure must do: its smaller half."""
        return min(self.dial.half_width, self.dial.half_height)


def plan_of(look: Look) -> Plan:
    width = look.width_mm * PX_PER_MM
    case = Form(width / 2, width / 2 * look.aspect, _POWERS[look.shape])
    across = look.lug_width_mm * PX_PER_MM if look.lug_width_mm else _strap_width(look, width)
    tip = max((look.lug_to_lug_mm or 0) * PX_PER_MM / 2, case.half_height * _tip_share(look))
    ring = _ring(look, case)
    return Plan(case, ring, _dial(look, ring), min(across, width), tip, min(0.45 * tip + 296, 478))


def _strap_width(look: Look, width: float) -> float:
    share = _STRAP_SHARE[look.shape]
    return width * (max(share, 0.6) if look.strap == "integrated" else share)


def _tip_share(look: Look) -> float:
    if look.strap == "integrated" or look.shape in {"octagon", "porthole", "tonneau"}:
        return 1.12
    return {"round": 1.19, "ellipse": 1.05, "rectangle": 1.02, "square": 1.14}.get(look.shape, 1.13)


def _ring(look: Look, case: Form) -> Form:
    circle = look.shape in {"octagon", "resin"} or look.bezel in _TURNED
    if not circle and (look.shape != "cushion" or look.bezel == "thin"):
        return case
    smaller = min(case.half_width, case.half_height)
    return (
        Form(smaller, smaller)
        if look.shape in {"round", "octagon"}
        else Form(smaller * 0.96, smaller * 0.96)
    )


def _dial(look: Look, ring: Form) -> Form:
    share = _DIAL_SHARE[look.bezel]
    if ring.power >= RECTANGULAR or ring.half_width != ring.half_height:
        return ring.inset(min(ring.half_width, ring.half_height) * (1.03 - share))
    return ring.scaled(share)
