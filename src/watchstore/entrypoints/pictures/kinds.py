"""What a brand usually makes, and words that name a kind of watch or what it can do."""

from typing import Final

from watchstore.entrypoints.pictures.archetypes import (
    CHRONO,
    DIVER,
    DRESS,
    FIELD,
    GLOW,
    PILOT,
    RACER,
)
from watchstore.entrypoints.pictures.traits import Rule, rule

BRANDS: Final[tuple[Rule, ...]] = (
    rule(
        "rolex|tudor|omega|breitling|tag heuer|seiko|orient|oris|sinn|casio|squale|formex"
        "|certina|mido|tissot|citizen|vostok|unimatic|steinhart",
        {"strap": "three-link", "hands": "baton", "lume": GLOW},
    ),
    rule("grand seiko", {"hands": "dauphine", "lume": "", "strap": "three-link", "date": 3}),
    rule(
        "longines|zenith|chopard|piaget|universal geneve",
        {"strap": "leather", "hands": "leaf", "indices": "batons"},
    ),
    rule("hamilton", {**FIELD}),
    rule(
        "panerai",
        {
            "shape": "cushion",
            "indices": "digits",
            "hands": "pencil",
            "lume": "#e8dcb8",
            "texture": "plain",
            "counters": (9,),
            "running_seconds": False,
            "guarded_crown": True,
            "strap": "leather",
        },
    ),
    rule("hublot", {"bezel": "screwed", "strap": "rubber", "lume": GLOW, "hands": "pencil"}),
    rule(
        "richard mille",
        {
            "shape": "tonneau",
            "aspect": 1.18,
            "texture": "skeleton",
            "strap": "rubber",
            "indices": "sparse",
            "bezel": "smooth",
        },
    ),
    rule("lange", {"hands": "leaf", "indices": "sparse", "strap": "leather", "texture": "plain"}),
    rule(
        "patek philippe|vacheron constantin|jaeger-lecoultre|blancpain|glashütte original"
        "|audemars piguet|montblanc|iwc",
        {**DRESS, "running_seconds": True, "indices": "batons"},
    ),
    rule(
        "breguet",
        {
            "furniture": "blued",
            "hands": "pomme",
            "indices": "roman",
            "texture": "guilloche",
            "bezel": "coin",
            "strap": "leather",
        },
    ),
    rule(
        "cartier", {"indices": "roman", "hands": "sword", "strap": "leather", "furniture": "blued"}
    ),
    rule(
        "nomos glashütte",
        {**DRESS, "indices": "digits", "texture": "plain", "hands": "baton", "counters": (6,)},
    ),
    rule("laco|damasko", {**PILOT}),
    rule("sinn", {"indices": "batons", "texture": "plain", "strap": "leather"}),
    rule("fp journe|mb&f", {"hands": "leaf", "indices": "arabic", "strap": "leather"}),
    rule("swatch", {"strap": "rubber", "lume": GLOW}),
)

KINDS: Final[tuple[Rule, ...]] = (
    rule(
        "heritage|vintage|classic|classics|elegant|prestige|master|presage|tradition|artelier"
        "|dream|de ville|trésor|tresor|baroncelli|intra-matic|le locle|flagship|orion|ludwig",
        {"hands": "dauphine", "lume": "", "strap": "leather"},
    ),
    rule("calendar|datejust|date|day-date|quartz|powermatic", {"date": 3}),
    rule(
        "diver|divers|diving|dive|aquatimer|superocean|aquaracer|prospex divers|ocean star"
        "|seaq|fifty fathoms|aquis|pelagos|hydroconquest|submersible|kamasu|mako|ray|amphibia"
        "|prodiver|scuba|frogman|ploprof|caimano|ds action|okeanos|u1|u2|50 atmos|1521|1545"
        "|ocean one|ocean two|ocean|modello uno|modello quattro|legend diver|bathyscaphe|2000"
        "|avenger|khaki navy",
        DIVER,
    ),
    rule(
        "pilot|pilots|pilot's|aviation|avigation|aviator|flieger|propilot|big crown|flight timer"
        "|khaki aviation|timewalker|bc3|bc4|type 20|type xx|air-king|spitfire|mark xviii",
        PILOT,
    ),
    rule(
        "field|khaki field|ranger|military|expedition|recraft|prospex land|squad|komandirskie"
        "|explorer|railmaster|modello due",
        {**FIELD},
    ),
    rule(
        "gmt|worldtimer|world time|dual time|travel time|timezone|time zone",
        {"second_zone": "#b3262a"},
    ),
    rule(
        "chronograph|chronograh|chrono|chronos|compax|chrono-matic|chronoscope|flyback"
        "|chronomaster|rattrapante|el primero|duochronograph|chronographs|ssc\\w*",
        CHRONO,
    ),
    rule(
        "small seconds|small second|kleine sekunde|petite seconde",
        {"counters": (6,), "running_seconds": False},
    ),
    rule("regulateur|regulator", {"counters": (12, 6), "running_seconds": False}),
    rule(
        "moonphase|moon phase|moon phases|moon|lune|phases? de lune|sun and moon|lunar", {"moon": 6}
    ),
    rule(
        "perpetual calendar|annual calendar|quantième|quanti\\w*|complete calendar",
        {"counters": (3, 9), "moon": 6, "running_seconds": False, "date": None},
    ),
    rule("tourbillon|carrousel", {"counters": (6,), "running_seconds": False, "date": None}),
    rule("power reserve|up / down|réserve de marche|spring drive", {"power_reserve": True}),
    rule(
        "big date|large date|grand date|grande date|panorama date|panomatic\\w*|panograph",
        {"big_date": True, "date": None},
    ),
    rule("day-date|day date|5 sports", {"day": True, "date": 3}),
    rule(
        "skeleton|openworked|squelette|open worked|sq",
        {"texture": "skeleton", "dial": "skeleton", "lume": GLOW, "hands": "baton"},
    ),
    rule("regatta|yacht timer", {**RACER, "bezel_colours": ("#24488a", "#24488a")}),
)
