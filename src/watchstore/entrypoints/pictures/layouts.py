"""How a dial is composed: hands in the middle, off to one side, or hours in windows."""

from dataclasses import replace

from watchstore.entrypoints.pictures.counters import counters, power_reserve
from watchstore.entrypoints.pictures.dial import ground, minute_track
from watchstore.entrypoints.pictures.displays import ana_digital, digital
from watchstore.entrypoints.pictures.forms import Form
from watchstore.entrypoints.pictures.glyphs import write
from watchstore.entrypoints.pictures.hands import hands
from watchstore.entrypoints.pictures.indices import indices
from watchstore.entrypoints.pictures.inks import furniture
from watchstore.entrypoints.pictures.look import Look
from watchstore.entrypoints.pictures.metals import ramp
from watchstore.entrypoints.pictures.paper import Paper, disc, group, num, path, tag
from watchstore.entrypoints.pictures.plan import Plan
from watchstore.entrypoints.pictures.windows import big_date, frame, windows


def face(paper: Paper, look: Look, plan: Plan) -> str:
    return _LAYOUTS[look.layout](paper, look, plan)


def _centre(paper: Paper, look: Look, plan: Plan) -> str:
    bare = look.texture == "stones" or (
        not plan.dial.round and (look.indices == "sparse" or look.texture == "skeleton")
    )
    track = "" if bare else minute_track(look, plan)
    return (
        ground(paper, look, plan)
        + track
        + counters(paper, look, plan)
        + power_reserve(look, plan)
        + indices(paper, look, plan)
        + windows(paper, look, plan)
        + hands(paper, look, plan)
    )


def _off_centre(paper: Paper, look: Look, plan: Plan) -> str:
    """Time on the left, seconds low on the right, the large date above them."""
    r = plan.radius
    small = replace(plan, dial=Form(r * 0.55, r * 0.55))
    time = replace(
        look, counters=(), date=None, big_date=False, moon=None, day=False, running_seconds=False
    )
    seconds = replace(look, counters=(6,), pushers=False)
    recess = disc(r * 0.575, "#000", opacity=0.07) + disc(
        r * 0.575, stroke="#fff", stroke_width=1.3, opacity=0.35, transform="translate(.8 1.2)"
    )
    main = recess + minute_track(time, small) + indices(paper, time, small)
    return (
        ground(paper, look, plan)
        + group(
            counters(paper, seconds, plan), transform=f"translate({num(r * 0.42)} {num(r * 0.06)})"
        )
        + big_date(paper, look, r * 0.46, -r * 0.5, r * 0.25)
        + group(
            power_reserve(replace(look, power_reserve=True), plan),
            transform=f"rotate(180)translate({num(-r * 0.3)} {num(-r * 0.1)})",
        )
        + group(
            main + hands(paper, time, small),
            transform=f"translate({num(-r * 0.31)} {num(-r * 0.05)})",
        )
    )


def _windows(paper: Paper, look: Look, plan: Plan) -> str:
    """Hours and minutes as large figures in two openings joined by a bridge of metal."""
    r, tones = plan.radius, ramp(furniture(look))
    bridge = (
        f"M{num(-r * 0.86)} {num(-r * 0.3)}H{num(r * 0.86)}V{num(r * 0.3)}H{num(r * 0.42)}"
        f"Q{num(r * 0.34)} {num(r * 0.74)} 0 {num(r * 0.78)}Q{num(-r * 0.34)} {num(r * 0.74)} "
        f"{num(-r * 0.42)} {num(r * 0.3)}H{num(-r * 0.86)}Z"
    )
    marks = [
        path(bridge, "#000", opacity=0.25, transform="translate(3 5)"),
        path(bridge, paper.ramp(tones[::-1]), stroke=tones[3], stroke_width=1),
    ]
    for side, figures in ((-1, "10"), (1, "08")):
        x = side * r * 0.5
        marks.append(frame(paper, look, (x, 0), r * 0.54, r * 0.46))
        marks.append(write(paper, figures, x, 0, height=r * 0.3, colour="#1d1e21", weight=1.25))
    seconds = replace(look, counters=(6,), pushers=False)
    return ground(paper, look, plan) + "".join(marks) + counters(paper, seconds, plan)


def glass(paper: Paper, plan: Plan) -> str:
    """One diagonal gleam over the dial's upper left."""
    w, h = plan.dial.half_width, plan.dial.half_height
    clip = paper.clip(plan.dial.outline())
    light = paper.linear([(0, "#fff", 0.26), (0.5, "#fff", 0.06), (0.52, "#fff", 0)], 0, 0, 0.9, 1)
    edge = f"Q{num(-w * 0.05)} {num(-h * 0.1)} {num(-w)} {num(h * 0.42)}"
    d = f"M{num(-w)} {num(-h)}H{num(w * 0.55)}{edge}Z"
    return tag("path", d=d, fill=light, clip_path=clip)


_LAYOUTS = {
    "centre": _centre,
    "off-centre": _off_centre,
    "windows": _windows,
    "digital": digital,
    "ana-digital": ana_digital,
}
