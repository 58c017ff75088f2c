"""The words on invoices and credit notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from watchstore.domain.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    invoice: str
    credit_note: str
    date: str
    supplied: str
    order: str
    ordered: str
    corrects: str
    recipient: str
    picked_up: str
    item: str
    quantity: str
    unit_price: str
    amount: str
    amount_net: str
    reference: str
    discount: str
    paid_back: str
    net: str
    tax: str
    total: str
    credited: str
    paid: str
    refunded: str
    exported: str
    tax_id: str
    page: str


WORDS: Final[Mapping[Language, PaperWords]] = {
    Language.EN: PaperWords(
        invoice="Invoice",
        credit_note="Credit note",
        date="Date",
        supplied="Date of supply",
        order="Order",
        ordered="Ordered on",
        corrects="Corrects invoice",
        recipient="Billed to",
        picked_up="Picked up at the shop",
        item="Item",
        quantity="Qty",
        unit_price="Unit price",
        amount="Amount",
        amount_net="Net amount",
        reference="Ref. {reference}",
        discount="Discount {amount}",
        paid_back="Refund",
        net="Net at {percent}",
        tax="VAT {percent}",
        total="Total",
        credited="Total credited",
        paid="Paid by card. Thank you for your purchase.",
        refunded="The amount goes back to the card that the order was paid with.",
        exported="Export delivery, exempt from VAT (article 146 of Directive 2006/112/EC).",
        tax_id="VAT ID {number}",
        page="Page {page} of {pages}",
    ),
    Language.DE: PaperWords(
        invoice="Rechnung",
        credit_note="Rechnungskorrektur",
        date="Datum",
        supplied="Leistungsdatum",
        order="Bestellung",
        ordered="Bestellt am",
        corrects="Korrigiert Rechnung",
        recipient="Rechnung an",
        picked_up="Im Geschäft abgeholt",
        item="Artikel",
        quantity="Anzahl",
        unit_price="Einzelpreis",
        amount="Betrag",
        amount_net="Nettobetrag",
        reference="Ref. {reference}",
        discount="Nachlass {amount}",
        paid_back="Erstattung",
        net="Netto zu {percent}",
        tax="USt. {percent}",
        total="Gesamtbetrag",
        credited="Gutgeschriebener Betrag",
        paid="Per Karte bezahlt. Vielen Dank für Ihren Einkauf.",
        refunded="Der Betrag geht auf die Karte zurück, mit der die Bestellung bezahlt wurde.",
        exported="Steuerfreie Ausfuhrlieferung (Artikel 146 der Richtlinie 2006/112/EG).",
        tax_id="USt-IdNr. {number}",
        page="Seite {page} von {pages}",
    ),
}
