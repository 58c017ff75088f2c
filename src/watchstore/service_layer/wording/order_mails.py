"""The words of mails about orders and returns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from watchstore.domain.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderWords:
    paid_subject: str
    paid: str
    paid_later: str
    shipped_subject: str
    shipped: str
    shipped_rest: str
    shipped_invoice: str
    carrier: str
    tracking: str
    left_out_subject: str
    left_out: str
    left_out_back: str
    left_out_paid: str
    delivered_subject: str
    delivered: str
    cancelled_subject: str
    cancelled: str
    declined: str
    reason: str
    refunded_subject: str
    refunded: str
    refunded_note: str
    items: str
    discount: str
    delivery: str
    delivery_free: str
    tax_included: str
    tax_added: str
    total: str
    sent_to: str
    picked_up: str
    see_order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnWords:
    subject: str
    requested: str
    approved: str
    approved_steps: tuple[str, ...]
    declined: str
    received: str
    rejected: str
    closed: str
    note: str


ORDER: Final[Mapping[Language, OrderWords]] = {
    Language.EN: OrderWords(
        paid_subject="Your order {number}",
        paid="thank you for your order.",
        paid_later="Your card is charged when the watch leaves our watchmaker's bench.",
        shipped_subject="Order {number} is on its way",
        shipped="it has left us:",
        shipped_rest="The rest follows in another parcel.",
        shipped_invoice="The invoice is attached.",
        carrier="Carrier",
        tracking="Tracking number",
        left_out_subject="Order {number}: a part of it cannot come",
        left_out="we are sorry: this we cannot send you.",
        left_out_back="{amount} goes back to your card. We write again when it is on its way.",
        left_out_paid="What it cost went back to your card before.",
        delivered_subject="Order {number} was delivered",
        delivered="your order was delivered. You may return it within {days} days.",
        cancelled_subject="Order {number} was cancelled",
        cancelled="your order was cancelled. Nothing will be charged.",
        declined="your bank declined the payment, so your order was cancelled. Nothing will be"
        " charged.",
        reason="Reason",
        refunded_subject="A refund for order {number}",
        refunded="we have sent {amount} back to your card. Your bank shows it within a few days.",
        refunded_note="The credit note is attached.",
        items="Watches",
        discount="Discount",
        delivery="Delivery",
        delivery_free="on us",
        tax_included="VAT {percent} included",
        tax_added="VAT {percent}",
        total="Total",
        sent_to="Delivery to",
        picked_up="Picked up at the shop",
        see_order="See the order",
    ),
    Language.DE: OrderWords(
        paid_subject="Ihre Bestellung {number}",
        paid="vielen Dank für Ihre Bestellung.",
        paid_later="Ihre Karte wird belastet, wenn die Uhr die Werkbank unseres Uhrmachers"
        " verlässt.",
        shipped_subject="Bestellung {number} ist unterwegs",
        shipped="sie hat unser Haus verlassen:",
        shipped_rest="Der Rest folgt in einem weiteren Paket.",
        shipped_invoice="Die Rechnung liegt bei.",
        carrier="Versand mit",
        tracking="Sendungsnummer",
        left_out_subject="Bestellung {number}: ein Teil kann nicht kommen",
        left_out="leider können wir Ihnen dies nicht senden.",
        left_out_back="{amount} gehen zurück auf Ihre Karte. Wir schreiben Ihnen, sobald der"
        " Betrag unterwegs ist.",
        left_out_paid="Den Kaufpreis haben wir schon auf Ihre Karte zurücküberwiesen.",
        delivered_subject="Bestellung {number} wurde zugestellt",
        delivered="Ihre Bestellung wurde zugestellt. Sie können sie innerhalb von {days} Tagen"
        " zurückgeben.",
        cancelled_subject="Bestellung {number} wurde storniert",
        cancelled="Ihre Bestellung wurde storniert. Es wird nichts abgebucht.",
        declined="Ihre Bank hat die Zahlung abgelehnt, deshalb wurde Ihre Bestellung storniert."
        " Es wird nichts abgebucht.",
        reason="Grund",
        refunded_subject="Eine Erstattung zu Bestellung {number}",
        refunded="wir haben {amount} auf Ihre Karte zurücküberwiesen. Ihre Bank zeigt es in"
        " wenigen Tagen an.",
        refunded_note="Die Rechnungskorrektur liegt bei.",
        items="Uhren",
        discount="Nachlass",
        delivery="Versand",
        delivery_free="auf uns",
        tax_included="enthaltene USt. {percent}",
        tax_added="USt. {percent}",
        total="Gesamtbetrag",
        sent_to="Lieferung an",
        picked_up="Abholung im Geschäft",
        see_order="Bestellung ansehen",
    ),
}

RETURN: Final[Mapping[Language, ReturnWords]] = {
    Language.EN: ReturnWords(
        subject="Your return of order {number}",
        requested="we have your request and answer it soon.",
        approved="please send it back to us:",
        approved_steps=(
            "Put the watch back with everything it came with: box, papers, links.",
            "Write the order number on the parcel: {number}.",
            "Send it insured for its full price, and keep the receipt.",
        ),
        declined="we cannot take it back.",
        received="it has arrived; our watchmaker looks at it now.",
        rejected="our watchmaker could not accept it; it is on its way back to you.",
        closed="it is complete: all that was to be paid back went back to your card before.",
        note="Note",
    ),
    Language.DE: ReturnWords(
        subject="Ihre Rücksendung zu Bestellung {number}",
        requested="wir haben Ihre Anfrage erhalten und beantworten sie bald.",
        approved="bitte senden Sie sie an uns zurück:",
        approved_steps=(
            "Legen Sie alles bei, womit die Uhr kam: Box, Papiere, Glieder.",
            "Schreiben Sie die Bestellnummer auf das Paket: {number}.",
            "Senden Sie es zum vollen Preis versichert, und bewahren Sie den Beleg auf.",
        ),
        declined="wir können sie leider nicht zurücknehmen.",
        received="sie ist angekommen; unser Uhrmacher sieht sie sich jetzt an.",
        rejected="unser Uhrmacher konnte sie nicht annehmen; sie ist auf dem Weg zurück zu Ihnen.",
        closed="sie ist abgeschlossen: Alles, was zu erstatten war, haben wir schon überwiesen.",
        note="Anmerkung",
    ),
}
