"""Single words that say how one reference differs: its numerals, its bezel, its strap."""

from typing import Final

from watchstore.entrypoints.pictures.traits import Rule, rule

WORDS: Final[tuple[Rule, ...]] = (
    rule("roman", {"indices": "roman"}),
    rule("arabic", {"indices": "arabic"}),
    rule("stick|index", {"indices": "batons"}),
    rule(
        "diamond dial|diamond markers|diamond hour|(?:silver|black|blue|white|champagne|mop|grey"
        "|green|pink|brown|chocolate) - (?:diamond|baguette)|string",
        {"indices": "stones"},
    ),
    rule(
        "(?:gold|steel|platinum) - (?:diamond|baguette)|diamond bezel|gem-set|sa|saru|sanr",
        {"bezel": "stones"},
    ),
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
    rule(
        "hulk|kermit|starbucks|cermit|lv|16610 lv|green bezel",
        {"bezel_colours": ("#1d5a40", "#1d5a40")},
    ),
    rule("lb|smurf|bluesy|blue bezel", {"bezel_colours": ("#20407c", "#20407c")}),
)

STRAPS: Final[tuple[Rule, ...]] = (
    rule("oyster(?! perpetual)|bracelet", {"strap": "three-link"}),
    rule("jubilee|five-link|beads of rice", {"strap": "five-link"}),
    rule("president", {"strap": "round-link"}),
    rule("mesh|milanese|shark", {"strap": "mesh"}),
    rule(
        "leather|alligator|croco|crocodile|calf|calfskin|suede|strap|velcro", {"strap": "leather"}
    ),
    rule("rubber|oysterflex|silicone|caoutchouc", {"strap": "rubber"}),
    rule("nato|fabric|textile|canvas|cordura|re-nylon", {"strap": "fabric"}),
)
