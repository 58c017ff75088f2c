"""Which words of a catalogue tell what a watch looks like: kinds of watch, then families."""

from typing import Final

from watchstore.entrypoints.pictures.traits import Rule, Trait, rule

GLOW: Final = "#e4efdf"
_BLACK: Final = ("#17181a", "#17181a")
_DIVER: Final[Trait] = {
    "bezel": "dive", "bezel_colours": _BLACK, "indices": "dots", "hands": "sword", "lume": GLOW,
    "guarded_crown": True, "texture": "plain", "strap": "three-link",
}
_CHRONO: Final[Trait] = {
    "counters": (3, 6, 9), "pushers": True, "date": None, "hands": "baton", "indices": "batons",
}
_RACER: Final[Trait] = {**_CHRONO, "bezel": "tachymeter", "bezel_colours": _BLACK, "lume": GLOW}
_DRESS: Final[Trait] = {
    "strap": "leather", "hands": "dauphine", "indices": "sparse", "bezel": "thin",
    "running_seconds": False, "lume": "",
}
_CLASSIC: Final[Trait] = {
    "strap": "leather", "hands": "leaf", "indices": "roman", "bezel": "thin", "lume": "",
}
_PILOT: Final[Trait] = {
    "indices": "aviator", "hands": "broad", "lume": GLOW, "texture": "plain", "strap": "leather",
    "bezel": "smooth",
}
_FIELD: Final[Trait] = {
    "indices": "field", "hands": "sword", "lume": GLOW, "texture": "plain", "strap": "fabric",
    "bezel": "smooth",
}
_INTEGRATED: Final[Trait] = {"strap": "integrated", "hands": "baton", "lume": GLOW, "date": 3}
_OCTAGON: Final[Trait] = {
    **_INTEGRATED, "shape": "octagon", "bezel": "screwed", "texture": "tapestry",
}
_RECTANGLE: Final[Trait] = {
    "shape": "rectangle", "aspect": 1.3, "indices": "roman", "hands": "sword", "bezel": "thin",
    "running_seconds": False, "strap": "leather", "date": None, "lume": "", "texture": "sunray",
}
_RESIN: Final[Trait] = {
    "shape": "resin", "aspect": 1.07, "by_length": True, "strap": "resin", "bezel": "smooth", "hands": "baton",
    "lume": GLOW, "texture": "plain",
}
_LANGE_TIME: Final[Trait] = {
    "layout": "off-centre", "indices": "roman", "hands": "leaf", "texture": "plain",
    "running_seconds": False, "big_date": True, "counters": (), "bezel": "smooth",
    "strap": "leather", "lume": "", "date": None, "moon": None,
}

BRANDS: Final[tuple[Rule, ...]] = (
    rule("rolex|tudor|omega|breitling|tag heuer|seiko|orient|oris|sinn|casio|squale|formex"
         "|certina|mido|tissot|citizen|vostok|unimatic|steinhart",
         {"strap": "three-link", "hands": "baton", "lume": GLOW}),
    rule("grand seiko", {"hands": "dauphine", "lume": "", "strap": "three-link", "date": 3}),
    rule("longines|zenith|chopard|piaget|universal geneve",
         {"strap": "leather", "hands": "leaf", "indices": "batons"}),
    rule("hamilton", {**_FIELD}),
    rule("panerai", {"shape": "cushion", "indices": "digits", "hands": "pencil", "lume": "#e8dcb8",
                     "texture": "plain", "counters": (9,), "running_seconds": False,
                     "guarded_crown": True, "strap": "leather"}),
    rule("hublot", {"bezel": "screwed", "strap": "rubber", "lume": GLOW, "hands": "pencil"}),
    rule("richard mille", {"shape": "tonneau", "aspect": 1.18, "texture": "skeleton",
                           "strap": "rubber", "indices": "sparse", "bezel": "smooth"}),
    rule("lange", {"hands": "leaf", "indices": "sparse", "strap": "leather", "texture": "plain"}),
    rule("patek philippe|vacheron constantin|jaeger-lecoultre|blancpain|glashütte original"
         "|audemars piguet|montblanc|iwc", {**_DRESS, "running_seconds": True, "indices": "batons"}),
    rule("breguet", {"furniture": "blued", "hands": "pomme", "indices": "roman", "texture": "guilloche",
                     "bezel": "coin", "strap": "leather"}),
    rule("cartier", {"indices": "roman", "hands": "sword", "strap": "leather", "furniture": "blued"}),
    rule("nomos glashütte", {**_DRESS, "indices": "digits", "texture": "plain", "hands": "baton",
                             "counters": (6,)}),
    rule("laco|damasko", {**_PILOT}),
    rule("sinn", {"indices": "batons", "texture": "plain", "strap": "leather"}),
    rule("fp journe|mb&f", {"hands": "leaf", "indices": "arabic", "strap": "leather"}),
    rule("swatch", {"strap": "rubber", "lume": GLOW}),
)

KINDS: Final[tuple[Rule, ...]] = (
    rule("heritage|vintage|classic|classics|elegant|prestige|master|presage|tradition|artelier"
         "|dream|de ville|trésor|tresor|baroncelli|intra-matic|le locle|flagship|orion|ludwig",
         {"hands": "dauphine", "lume": "", "strap": "leather"}),
    rule("calendar|datejust|date|day-date|quartz|powermatic", {"date": 3}),
    rule("diver|divers|diving|dive|aquatimer|superocean|aquaracer|prospex divers|ocean star"
         "|seaq|fifty fathoms|aquis|pelagos|hydroconquest|submersible|kamasu|mako|ray|amphibia"
         "|prodiver|scuba|frogman|ploprof|caimano|ds action|okeanos|u1|u2|50 atmos|1521|1545"
         "|ocean one|ocean two|ocean|modello uno|modello quattro|legend diver|bathyscaphe|2000"
         "|avenger|khaki navy", _DIVER),
    rule("pilot|pilots|pilot's|aviation|avigation|aviator|flieger|propilot|big crown|flight timer"
         "|khaki aviation|timewalker|bc3|bc4|type 20|type xx|air-king|spitfire|mark xviii", _PILOT),
    rule("field|khaki field|ranger|military|expedition|recraft|prospex land|squad|komandirskie"
         "|explorer|railmaster|modello due", {**_FIELD}),
    rule("gmt|worldtimer|world time|dual time|travel time|timezone|time zone",
         {"second_zone": "#b3262a"}),
    rule("chronograph|chronograh|chrono|chronos|compax|chrono-matic|chronoscope|flyback"
         "|chronomaster|rattrapante|el primero|duochronograph|chronographs|ssc\\w*", _CHRONO),
    rule("small seconds|small second|kleine sekunde|petite seconde",
         {"counters": (6,), "running_seconds": False}),
    rule("regulateur|regulator", {"counters": (12, 6), "running_seconds": False}),
    rule("moonphase|moon phase|moon phases|moon|lune|phases? de lune|sun and moon|lunar",
         {"moon": 6}),
    rule("perpetual calendar|annual calendar|quantième|quanti\\w*|complete calendar",
         {"counters": (3, 9), "moon": 6, "running_seconds": False, "date": None}),
    rule("tourbillon|carrousel", {"counters": (6,), "running_seconds": False, "date": None}),
    rule("power reserve|up / down|réserve de marche|spring drive", {"power_reserve": True}),
    rule("big date|large date|grand date|grande date|panorama date|panomatic\\w*|panograph",
         {"big_date": True, "date": None}),
    rule("day-date|day date|5 sports", {"day": True, "date": 3}),
    rule("skeleton|openworked|squelette|open worked|sq", {"texture": "skeleton", "dial": "skeleton",
                                                                "lume": GLOW, "hands": "baton"}),
    rule("regatta|yacht timer", {**_RACER, "bezel_colours": ("#24488a", "#24488a")}),
)

FAMILIES: Final[tuple[Rule, ...]] = (
    rule("datejust|day-date|pearlmaster|sky-dweller|land-dweller|day-date ii|datejust ii",
         {"bezel": "fluted", "strap": "three-link", "date": 3, "hands": "baton",
          "indices": "batons", "lume": GLOW}),
    rule("datejust|lady-datejust|land-dweller", {"strap": "five-link"}),
    rule("day-date|day-date ii|pearlmaster", {"strap": "round-link"}),
    rule("oyster perpetual|date|milgauss", {"hands": "baton", "indices": "batons"}),
    rule("oyster perpetual|milgauss", {"date": None, "strap": "three-link", "bezel": "smooth"}),
    rule("cellini|perpetual 1908", {**_CLASSIC, "indices": "sparse", "bezel": "fluted"}),
    rule("perpetual 1908", {"counters": (6,), "running_seconds": False, "indices": "arabic"}),
    rule("submariner|sea-dweller|deepsea|black bay|pelagos",
         {**_DIVER, "hands": "ring", "strap": "three-link"}),
    rule("submariner date|sea-dweller|deepsea|date", {"date": 3}),
    rule("gmt-master|gmt-master ii|black bay gmt",
         {**_DIVER, "bezel": "two-colour", "hands": "ring", "date": 3, "second_zone": "#c22f2f"}),
    rule("explorer", {"indices": "digits", "hands": "ring", "strap": "three-link", "date": None,
                      "texture": "plain", "bezel": "smooth"}),
    rule("explorer ii", {"bezel": "two-colour", "bezel_colours": ("#b9bdc1", "#b9bdc1"),
                         "indices": "dots", "second_zone": "#dd6a1f", "date": 3}),
    rule("air-king", {"indices": "digits", "hands": "ring", "strap": "three-link", "date": None}),
    rule("yacht-master", {**_DIVER, "hands": "ring", "date": 3, "bezel_colours": (
        "#a9adb1", "#a9adb1"), "texture": "sunray"}),
    rule("yacht-master oysterflex|cerachrom", {"bezel_colours": _BLACK}),
    rule("daytona", {**_RACER, "strap": "three-link", "guarded_crown": True}),
    rule("sky-dweller", {"second_zone": "", "indices": "batons"}),
    rule("speedmaster|moonswatch", {**_RACER, "hands": "baton", "texture": "plain",
                                    "strap": "three-link", "moon": None}),
    rule("moonswatch", {"strap": "fabric", "strap_colour": "#202226"}),
    rule("moonswatch\\b.*(?:moonphase|snoopy)", {"counters": (3, 6, 9)}),
    rule("scuba fifty fathoms", {"strap": "fabric", "hands": "sword", "bezel": "dive"}),
    rule("sistem 51|sistem", {"indices": "digits", "hands": "baton", "date": 3, "bezel": "smooth"}),
    rule("constellation|globemaster", {"indices": "batons", "strap": "five-link", "date": 6}),
    rule("globemaster", {"bezel": "fluted", "strap": "leather"}),
    rule("aqua terra", {"texture": "bars", "date": 6, "strap": "three-link", "hands": "dauphine",
                        "lume": GLOW, "bezel": "smooth", "indices": "batons"}),
    rule("diver 300m", {"texture": "waves", "date": 6}),
    rule("planet ocean", {"indices": "digits", "date": 3}),
    rule("ploprof", {"shape": "cushion"}),
    rule("navitimer", {"bezel": "tachymeter", "bezel_colours": _BLACK, "strap": "leather"}),
    rule("navitimer automatic", {"counters": (), "pushers": False, "date": 6}),
    rule("chronomat|colt|galactic", {"bezel": "dive", "bezel_colours": ("#a9adb1", "#a9adb1")}),
    rule("superocean|avenger", {"hands": "sword"}),
    rule("avenger", {"indices": "aviator", "date": 3}),
    rule("royal oak|royal oak offshore|royal oak concept|quai de l.ile", _OCTAGON),
    rule("royal oak offshore", {**_CHRONO, "counters": (6, 9, 12), "strap": "rubber"}),
    rule("royal oak concept", {"texture": "skeleton", "strap": "rubber", "date": None}),
    rule("royal oak.*(?:chronograph|chrono)", {"counters": (3, 6, 9), "date": 4.5, "pushers": True}),
    rule("nautilus|ingenieur|overseas|laureato|defy|alpine eagle|prx|polo|big bang integrated",
         {**_INTEGRATED, "bezel": "smooth"}),
    rule("nautilus|cubitus", {"shape": "porthole", "texture": "bars", "bezel": "smooth"}),
    rule("cubitus", {**_INTEGRATED, "shape": "square"}),
    rule("aquanaut", {**_INTEGRATED, "shape": "porthole", "strap": "rubber", "indices": "digits",
                      "texture": "tapestry", "bezel": "smooth"}),
    rule("defy", {"shape": "octagon", "texture": "guilloche"}),
    rule("calatrava|altiplano|patrimony|traditionnelle|ultra thin|villeret|saxonia"
         "|minimatik|ellipse|1815|elite|l\\.u\\.c", {**_DRESS}),
    rule("1815|villeret", {"indices": "roman", "hands": "leaf"}),
    rule("1815", {"indices": "arabic", "counters": (6,)}),
    rule("golden ellipse|ellipse", {"shape": "ellipse", "aspect": 1.15}),
    rule("reine de naples", {"shape": "ellipse", "aspect": 1.25, "bezel": "stones"}),
    rule("millenary", {"shape": "ellipse", "aspect": 0.88, "indices": "roman", "strap": "leather"}),
    rule("tank|reverso|gondolo|emperador|dolcevita|boulton|carson|américaine|americaine",
         {**_RECTANGLE}),
    rule("reverso", {"aspect": 1.6, "indices": "arabic", "texture": "guilloche"}),
    rule("tank louis|tank must|tank solo", {"aspect": 1.32}),
    rule("américaine|americaine|cintrée|asymétrique|ventura", {"aspect": 1.55}),
    rule("santos|santos de cartier|santos-dumont",
         {"shape": "square", "bezel": "thin", "indices": "roman", "hands": "sword",
          "strap": "three-link", "aspect": 1.06}),
    rule("monaco|panthere|tetra|seventies|carrée|unimatic modello cinque|bullhead",
         {"shape": "square", "bezel": "thin"}),
    rule("monaco", {"counters": (3, 9), "pushers": True}),
    rule("panthere", {"indices": "roman", "hands": "sword", "strap": "five-link"}),
    rule("cabaret|arkade", {"shape": "rectangle", "aspect": 1.42, "indices": "sparse",
                            "by_length": True,
                            "big_date": True, "running_seconds": False}),
    rule("arkade", {"shape": "ellipse", "aspect": 1.2, "indices": "arabic"}),
    rule("tortue|emperador|spirit of big bang|evidenza|ballade tonneau", {
        "shape": "tonneau", "aspect": 1.16}),
    rule("spirit of big bang", {"texture": "skeleton", "strap": "rubber"}),
    rule("tortue|clé de cartier|ronde de cartier|rotonde de cartier|ballon bleu",
         {"texture": "guilloche", "indices": "roman", "bezel": "smooth"}),
    rule("drive de cartier|clé de cartier", {"shape": "cushion", "bezel": "thin"}),
    rule("ballon bleu.*bracelet|calibre de cartier diver", {"strap": "five-link"}),
    rule("lange 1|grand lange 1|little lange 1", _LANGE_TIME),
    rule("zeitwerk", {"layout": "windows", "strap": "leather", "big_date": False, "date": None}),
    rule("pano|panoreserve|panomatic\\w*", {**_LANGE_TIME, "big_date": True}),
    rule("radiomir|radiomir 1940", {"guarded_crown": False, "counters": ()}),
    rule("submersible", {"bezel": "dive", "hands": "pencil", "counters": (9,)}),
    rule("portugieser", {"indices": "arabic", "hands": "leaf", "strap": "leather", "lume": ""}),
    rule("portugieser chronograph", {"counters": (12, 6)}),
    rule("big pilot", {"power_reserve": False, "strap": "leather"}),
    rule("portofino", {**_DRESS, "date": 3}),
    rule("carrera|autavia|grand carrera|formula 1|heuer 02", {**_RACER, "strap": "leather"}),
    rule("carrera", {"bezel": "smooth"}),
    rule("snowflake|white birch|lake suwa|spring drive", {"texture": "grain"}),
    rule("turtle|5 sports turtle|samurai", {"shape": "cushion", "strap": "rubber"}),
    rule("prospex sky", {"strap": "three-link"}),
    rule("tuna|monster", {"strap": "rubber"}),
    rule("g-shock 6900|dw-\\w*|gd-\\w*", {**_RESIN, "layout": "digital"}),
    rule("g-shock ga-1\\d0|ga-\\w*|mudmaster|mtg|mt-g|mr-g", {**_RESIN, "layout": "ana-digital",
                                                             "running_seconds": False}),
    rule("ventura", {"shape": "tonneau", "indices": "sparse", "strap": "leather"}),
    rule("polerouter|1926|glamour|conquest heritage", {"texture": "sunray"}),
    rule("diamond dial|diamonds? / \\w+|roman", {}),
)

WORDS: Final[tuple[Rule, ...]] = (
    rule("roman", {"indices": "roman"}),
    rule("arabic", {"indices": "arabic"}),
    rule("stick|index", {"indices": "batons"}),
    rule("diamond dial|diamond markers|diamond hour|(?:silver|black|blue|white|champagne|mop|grey"
         "|green|pink|brown|chocolate) - (?:diamond|baguette)|string", {"indices": "stones"}),
    rule("(?:gold|steel|platinum) - (?:diamond|baguette)|diamond bezel|gem-set|sa|saru|sanr",
         {"bezel": "stones"}),
    rule("domed|smooth", {"bezel": "smooth"}),
    rule("fluted(?! motif)", {"bezel": "fluted"}),
    rule("panda|reverse panda", {"contrast_counters": True}),
    rule("meteorite|stone|lapis|malachite|aventurine|onyx", {"texture": "grain"}),
    rule("no date|no-date", {"date": None}),
    rule("pepsi|blro", {"bezel_colours": ("#20407c", "#a81f2b")}),
    rule("batman|blnr|batgirl", {"bezel_colours": ("#17181a", "#22468a")}),
    rule("coke", {"bezel_colours": ("#17181a", "#a81f2b")}),
    rule("root beer|chnr|rootbeer", {"bezel_colours": ("#17181a", "#6a4027")}),
    rule("sprite|vtnr|destro", {"bezel_colours": ("#17181a", "#1d5a40")}),
    rule("grnr|bruce wayne", {"bezel_colours": ("#17181a", "#7d8084")}),
    rule("hulk|kermit|starbucks|cermit|lv|16610 lv|green bezel",
         {"bezel_colours": ("#1d5a40", "#1d5a40")}),
    rule("lb|smurf|bluesy|blue bezel", {"bezel_colours": ("#20407c", "#20407c")}),
)

STRAPS: Final[tuple[Rule, ...]] = (
    rule("oyster(?! perpetual)|bracelet", {"strap": "three-link"}),
    rule("jubilee|five-link|beads of rice", {"strap": "five-link"}),
    rule("president", {"strap": "round-link"}),
    rule("mesh|milanese|shark", {"strap": "mesh"}),
    rule("leather|alligator|croco|crocodile|calf|calfskin|suede|strap|velcro", {"strap": "leather"}),
    rule("rubber|oysterflex|silicone|caoutchouc", {"strap": "rubber"}),
    rule("nato|fabric|textile|canvas|cordura|re-nylon", {"strap": "fabric"}),
)
