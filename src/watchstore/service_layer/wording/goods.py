"""What conditions and ways of delivery are called."""

from collections.abc import Mapping
from typing import Final

from watchstore.domain.delivery import Delivery
from watchstore.domain.language import Language
from watchstore.domain.offer import Condition

CONDITIONS: Final[Mapping[Language, Mapping[Condition, str]]] = {
    Language.EN: {
        Condition.NEW: "New",
        Condition.UNWORN: "Unworn",
        Condition.MINT: "Mint",
        Condition.EXCELLENT: "Excellent",
        Condition.VERY_GOOD: "Very good",
        Condition.GOOD: "Good",
        Condition.PRE_OWNED: "Pre-owned",
    },
    Language.DE: {
        Condition.NEW: "Neu",
        Condition.UNWORN: "Ungetragen",
        Condition.MINT: "Neuwertig",
        Condition.EXCELLENT: "Ausgezeichnet",
        Condition.VERY_GOOD: "Sehr gut",
        Condition.GOOD: "Gut",
        Condition.PRE_OWNED: "Aus Vorbesitz",
    },
}

DELIVERIES: Final[Mapping[Language, Mapping[Delivery, str]]] = {
    Language.EN: {
        Delivery.STANDARD: "Standard delivery",
        Delivery.INSURED: "Insured delivery",
        Delivery.SIGNATURE: "Insured delivery against signature",
        Delivery.EXPRESS: "Express delivery",
        Delivery.PICK_UP: "Picked up at the shop",
    },
    Language.DE: {
        Delivery.STANDARD: "Standardversand",
        Delivery.INSURED: "Versicherter Versand",
        Delivery.SIGNATURE: "Versicherter Versand gegen Unterschrift",
        Delivery.EXPRESS: "Expressversand",
        Delivery.PICK_UP: "Abholung im Geschäft",
    },
}
