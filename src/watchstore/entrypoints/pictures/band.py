"""The outline that straps and bracelets share: it tapers, and bends away at a rounded end."""

from watchstore.entrypoints.pictures.paper import Paper, num, path, polygon
from watchstore.entrypoints.pictures.plan import TAPER, Plan


def silhouette(plan: Plan) -> str:
    """Both halves, from behind the case to the ends."""
    w, end = plan.strap_width / 2, plan.strap_end - 24
    far = w * TAPER
    return polygon(
        (-w, 0),
        (-w, -plan.lug_tip),
        (-far, -end),
        (far, -end),
        (w, -plan.lug_tip),
        (w, plan.lug_tip),
        (far, end),
        (-far, end),
        (-w, plan.lug_tip),
    )


def half_outline(plan: Plan) -> str:
    """The upper half; its end is an arc with soft corners."""
    w, far, end, tip = (
        plan.strap_width / 2,
        plan.strap_width / 2 * TAPER,
        plan.strap_end,
        plan.lug_tip,
    )
    bow = num(-end + 9)
    return (
        f"M{num(-w)} 0V{num(-tip)}L{num(-far)} {num(-end + 20)}Q{num(-far)} {bow} {num(-far + 10)} "
        f"{num(-end + 6.5)}Q0 {num(-end - 7)} {num(far - 10)} {num(-end + 6.5)}Q{num(far)} {bow} "
        f"{num(far)} {num(-end + 20)}L{num(w)} {num(-tip)}V0Z"
    )


def edges(plan: Plan, inset: float) -> str:
    """Two lines along the strap, `inset` from its edges."""
    w, far = plan.strap_width / 2 - inset, plan.strap_width / 2 * TAPER - inset
    return (
        f"M{num(-w)} {num(-plan.lug_tip * 0.7)}V{num(-plan.lug_tip)}L{num(-far)} "
        f"{num(-plan.strap_end + 7)}M{num(w)} {num(-plan.lug_tip * 0.7)}V{num(-plan.lug_tip)}"
        f"L{num(far)} {num(-plan.strap_end + 7)}"
    )


def turning_away(paper: Paper, plan: Plan, *, upper: bool) -> str:
    """Darkness where the strap bends out of sight, and the shadow of the case beside it."""
    deep = 0.7 if upper else 0.8
    near = plan.case.half_height / plan.strap_end
    shade = paper.linear(
        [
            (0, "#000", deep),
            (0.035, "#000", deep * 0.72),
            (0.1, "#000", deep * 0.42),
            (0.2, "#000", deep * 0.16),
            (0.32, "#000", 0.02 if upper else 0.1),
            (max(0.34, 1 - near - 0.07), "#000", 0.02 if upper else 0.06),
            (1 - near, "#000", 0.5),
        ],
        0,
        0,
        0,
        1,
    )
    return path(half_outline(plan), shade, transform=None if upper else "scale(1 -1)")
