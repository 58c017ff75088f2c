"""Every mail, in every language, as text and as HTML."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.harness.language import (
    ADDRESS,
    CONTACT,
    PARCEL,
    a_voucher,
    an_offer,
    buy,
    cancel,
    decide,
    deliver,
    drain_all,
    inspect,
    mailed_secret,
    order_of,
    refund,
    send_back,
    ship,
    told,
    user_id,
    view,
)
from tests.harness.shop import PUBLIC_URL, House, memory_shop

from watchstore.domain import Address, Contact, Delivery, Email, Language, Money
from watchstore.service_layer.commands import (
    ChangePassword,
    RegisterAccount,
    RequestPasswordReset,
    ReviseAccount,
    Wanted,
)
from watchstore.service_layer.mailing.sending import LETTERS
from watchstore.service_layer.messages import message_of
from watchstore.service_layer.ports import Attachment, Mail
from watchstore.service_layer.reactions import MAIL, REACTIONS

PASSWORD, OTHER = "correct horse battery", "another fine password"
ADA = "ada@example.com"


@pytest.fixture
def house() -> House:
    return memory_shop()


def all_mails(house: House, language: Language, name: str = "Ada Buyer") -> list[Mail]:
    """One at least for each event that has a letter."""
    account = RegisterAccount(Email.parse(ADA), name, PASSWORD, language=language)
    for _ in range(2):
        house.shop.register(account)
    house.shop.request_password_reset(RequestPasswordReset(Email.parse(ADA)))
    house.shop.change_password(ChangePassword(user_id(house, ADA), PASSWORD, OTHER))
    contact = Contact.parse(email=ADA, name=name, language=language)
    _orders(house, contact)
    drain_all(house)
    assert house.failures == []
    return house.mailer.sent


def _orders(house: House, contact: Contact) -> None:
    offer = an_offer(house, 6)
    cancel(house, buy(house, offer, contact=contact), reason="changed my mind")
    told(house.shop.place_order, order_of((offer, 1), contact=contact, card="tok_declined"))
    receipt = buy(house, offer, 2, contact=contact)
    ship(house, receipt, Wanted(offer, 1))
    ship(house, receipt)
    deliver(house, receipt)
    for end, accepted in (("declined", None), ("received", False), ("received", True)):
        returned = send_back(house, receipt, Wanted(offer))
        if accepted is not None:
            decide(house, receipt, returned, "approved")
        decide(house, receipt, returned, end)
        if accepted is not None:
            inspect(house, receipt, returned, accepted=accepted, note="looked at")


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data + "\n"


def read(mail: Mail) -> Reader:
    reader = Reader()
    reader.feed(mail.html)
    return reader


def test_each_event_that_is_mailed_has_a_letter():
    mailed = {event for event, reactions in REACTIONS.items() if MAIL in reactions}
    assert set(LETTERS) == mailed


@pytest.mark.parametrize("language", Language)
def test_both_parts_of_each_mail_say_the_same(house, language):
    for mail in all_mails(house, language):
        shown = read(mail)
        seen = " ".join(shown.text.split())
        links = {value for name, value in shown.attributes if name == "href"}
        for line in filter(None, mail.text.splitlines()):
            for part in re.split(r"(?<=:) |:$|^\d+\. ", line.strip()):
                said = " ".join(part.split()).removesuffix(":")
                assert said in seen or said in links, (mail.subject, said)


@pytest.mark.parametrize("language", Language)
def test_a_mail_is_in_the_language_of_who_gets_it(house, language):
    mails = all_mails(house, language)
    assert len(mails) > 15
    for mail in mails:
        greeting = {"en": "Hello Ada", "de": "Guten Tag Ada"}[language]
        assert mail.text.startswith(greeting)
        assert f'<html lang="{language}">' in mail.html
    subjects = {mail.subject for mail in mails}
    assert len(subjects) >= 10
    other = next(one for one in Language if one is not language)
    assert subjects & {mail.subject for mail in all_mails(memory_shop(), other)} == set()


@pytest.mark.parametrize("language", Language)
def test_nothing_is_fetched_or_run(house, language):
    for mail in all_mails(house, language):
        shown = read(mail)
        assert not {"script", "img", "link", "iframe", "object", "form"} & set(shown.tags)
        for name, value in shown.attributes:
            assert not name.startswith("on")
            assert name not in {"src", "background"}
            assert "url(" not in value
            if name == "href":
                assert value.startswith(f"{PUBLIC_URL}/")
        assert "@import" not in mail.html
        assert "url(" not in mail.html


def test_it_can_be_read_in_the_dark(house):
    for mail in all_mails(house, Language.EN):
        assert '<meta name="color-scheme" content="light dark">' in mail.html
        assert "@media (prefers-color-scheme: dark)" in mail.html
        shown = read(mail)
        coloured = [value for name, value in shown.attributes if name == "style"]
        assert all("color:" in style or "font" not in style for style in coloured)


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "\"><img src=x onerror='1'>", "{number} & {{7*7}} %s"],
    ids=["script", "attribute", "format"],
)
def test_a_name_is_never_markup(house, name):
    for mail in all_mails(house, Language.EN, name):
        assert f"Hello {name}," in mail.text
        shown = read(mail)
        assert not {"script", "img"} & set(shown.tags)
        assert f"Hello {name}," in shown.text
        assert "<script" not in mail.html


def test_neither_are_a_reason_and_an_address(house):
    street = "<b>Rue</b> du Lac"
    address = replace(ADDRESS, street=street)
    receipt = buy(house, an_offer(house), address=address)
    ship(house, receipt)
    refund(house, receipt, reason="<i>a scratch</i>")
    drain_all(house)
    confirmed, _, paid_back = house.mailer.sent
    assert street in read(confirmed).text
    assert "<i>a scratch</i>" in read(paid_back).text
    assert not {"b", "i"} & {*read(confirmed).tags, *read(paid_back).tags}


class TestAConfirmation:
    def test_shows_the_price_sheet_and_where_it_goes(self, house):
        code = a_voucher(house)
        home = Address.parse(
            name="Ada", street="Weg 1", city="Berlin", postcode="10115", country="DE"
        )
        more = {"address": home, "delivery": Delivery.EXPRESS, "voucher": code}
        receipt = buy(house, an_offer(house, 2), 2, **more)
        drain_all(house)
        (mail,) = house.mailer.sent
        order = view(house, receipt)
        for amount in (
            *(order.items_amount, order.delivery_amount, order.tax_amount, order.amount),
            order.discount_amount,
        ):
            assert f"${amount / 100:,.2f}" in mail.text
        lines = mail.text.splitlines()
        assert "Discount TEN: \N{MINUS SIGN}$1,160.00" in lines
        assert "VAT 19% included: $1,674.08" in lines
        assert "Total: $10,485.00" in lines
        assert "10115 Berlin" in lines
        assert f"{PUBLIC_URL}/order/?number={receipt.number}" in lines

    def test_of_what_is_picked_up_has_no_address(self, house):
        buy(house, an_offer(house), address=None, delivery=Delivery.PICK_UP)
        drain_all(house)
        (mail,) = house.mailer.sent
        assert "Picked up at the shop" in mail.text
        assert "Delivery to" not in mail.text


class TestPapers:
    def test_come_with_the_mail_about_what_they_tell(self, house):
        offer = an_offer(house, 2)
        receipt = buy(house, offer, 2, contact=replace(CONTACT, language=Language.DE))
        ship(house, receipt, Wanted(offer, 1))
        ship(house, receipt)
        refund(house, receipt, amount=Money.of(5, "USD"))
        drain_all(house)
        attached = [[file.name for file in mail.attachments] for mail in house.mailer.sent]
        assert attached == [
            [],
            ["Rechnung 2026-000001.txt"],
            [],
            ["Rechnungskorrektur C2026-000001.txt"],
        ]
        assert PARCEL.tracking in house.mailer.sent[1].text

    def test_are_not_promised_when_there_are_none(self, house, monkeypatch):
        monkeypatch.setattr("watchstore.service_layer.paying.invoice", lambda *_, **__: None)
        receipt = buy(house, an_offer(house))
        ship(house, receipt)
        drain_all(house)
        assert house.mailer.sent[-1].attachments == ()
        assert "attached" not in house.mailer.sent[-1].text


def test_a_declined_payment_is_told_without_the_banks_own_word(house):
    told(house.shop.place_order, order_of((an_offer(house), 1), card="tok_declined"))
    drain_all(house)
    (mail,) = house.mailer.sent
    assert "your bank declined" in mail.text
    assert "insufficient_funds" not in mail.text


def test_a_link_leads_to_the_pages_of_the_language(house):
    account = RegisterAccount(Email.parse(ADA), "Ada", PASSWORD, language=Language.DE)
    house.shop.register(account)
    drain_all(house)
    assert f"{PUBLIC_URL}/de/verify#{mailed_secret(house, ADA)}" in house.mailer.sent[0].text
    house.shop.revise_account(ReviseAccount(user_id(house, ADA), language=Language.EN))
    house.shop.request_password_reset(RequestPasswordReset(Email.parse(ADA)))
    drain_all(house)
    assert f"{PUBLIC_URL}/reset#{mailed_secret(house, ADA)}" in house.mailer.sent[-1].text


class TestAMessage:
    MAIL = Mail(
        Email(ADA),
        "Ihre Bestellung №\N{NO-BREAK SPACE}1",
        "Grüße\n",
        "<p>Grüße</p>",
        (Attachment("Rechnung 1.pdf", "application/pdf", b"%PDF"),),
    )

    def parts(self, mail: Mail) -> Iterator[tuple[str, str]]:
        whole = email.message_from_bytes(bytes(message_of(mail)), policy=email.policy.default)
        for part in whole.walk():
            if not part.is_multipart():
                content = part.get_content()
                told = content if isinstance(content, str) else content.decode()
                yield part.get_content_type(), told.strip()

    def test_has_both_parts_and_what_is_attached(self):
        assert list(self.parts(self.MAIL)) == [
            ("text/plain", "Grüße"),
            ("text/html", "<p>Grüße</p>"),
            ("application/pdf", "%PDF"),
        ]
        assert message_of(self.MAIL).get_content_type() == "multipart/mixed"

    def test_without_html_is_plain(self):
        plain = replace(self.MAIL, html="", attachments=())
        assert message_of(plain).get_content_type() == "text/plain"

    @pytest.mark.parametrize(
        "end", ["\r\n", "\n", "\r", "\u2028", "\x0b"], ids=["CRLF", "LF", "CR", "LS", "VT"]
    )
    def test_has_no_header_that_a_subject_brought(self, end):
        bad = replace(self.MAIL, subject=f"Hello{end}Bcc: eve@example.com")
        message = email.message_from_bytes(bytes(message_of(bad)), policy=email.policy.default)
        assert message["Bcc"] is None
        assert message["Subject"] == "Hello Bcc: eve@example.com"
