"""Names, numbers and addresses: parsed once, and what cannot be parsed is refused by field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies

from watchstore.domain import (
    Address,
    Brand,
    Contact,
    Currency,
    Delivery,
    Email,
    Money,
    OrderNumber,
    Reference,
    SerialNumber,
    Slug,
    Specification,
    price,
)
from watchstore.domain.errors import InvalidValue, MixedCurrency
from watchstore.domain.identifiers import ascii_fold, plain_text

USD = Currency("USD")
HOME = {"name": "Ada", "street": "Rue 1", "city": "Genève", "postcode": "", "country": "ch"}


def refuses(field, call, *args, **kwargs):
    with pytest.raises(InvalidValue) as refusal:
        call(*args, **kwargs)
    assert refusal.value.field == refusal.value.details["field"] == field
    assert refusal.value.reason


class TestPlainText:
    @given(st.text(max_size=60))
    def test_is_its_own_plain_text(self, text):
        try:
            plain = plain_text(text, "name", longest=50)
        except InvalidValue:
            return
        assert plain_text(plain, "name", longest=50) == plain
        assert plain == " ".join(plain.split())
        assert 0 < len(plain) <= 50

    @pytest.mark.parametrize("text", ["", "  ", "x" * 51, "a\x00b", "a\u200bb", "\ud800", "a\x1bb"])
    def test_refuses_nothing_too_much_and_the_invisible(self, text):
        refuses("name", plain_text, text, "name", longest=50)

    def test_may_be_empty_where_said(self):
        assert plain_text(" \n ", "name", longest=5, empty=True) == ""

    def test_folds_accents(self):
        assert ascii_fold("Glashütte ÆØ Straße") == "glashutte aeo strasse"


class TestEmail:
    @pytest.mark.parametrize("text", [" Ada@Example.COM ", "a.b+c@sub.example.co"])
    def test_is_lower_case(self, text):
        assert str(Email.parse(text)) == text.strip().lower()

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "ada",
            "@example.com",
            "ada@",
            "ada@localhost",
            "a b@example.com",
            "a@b@example.com",
            "ada@example.com\nbcc: x@example.com",
            "<ada@example.com>",
            "a" * 65 + "@example.com",
            "a@" + "b." * 130 + "com",
        ],
    )
    def test_refuses_what_is_none(self, text):
        refuses("email", Email.parse, text)

    @given(strategies.emails)
    def test_parses_what_it_printed(self, email):
        assert Email.parse(email.address.upper()) == email


class TestReferences:
    @given(strategies.references)
    def test_bare_is_letters_and_digits(self, reference):
        assert reference.bare.isalnum()
        assert Reference.parse(reference.printed) == reference

    def test_bare_ignores_how_it_is_printed(self):
        assert Reference("ab-12/3 .4").bare == Reference("AB 1234").bare == "AB1234"
        assert str(Reference("ab-12")) == "ab-12"

    @pytest.mark.parametrize("text", ["", "---", "x" * 61])
    def test_refuses_what_identifies_nothing(self, text):
        refuses("reference", Reference.parse, text)


class TestSlugs:
    def test_are_made_of_words(self):
        assert str(Slug.of("Jaeger-LeCoultre", "Glashütte & Co")) == (
            "jaeger-lecoultre-glashutte-and-co"
        )
        assert len(Slug.of("word " * 100).text) <= 160
        assert Brand.named(" A.  Lange ").slug == Slug("a-lange")

    @pytest.mark.parametrize("text", ["", "A", "a--b", "-a", "a-", "a b", "ä", "a" * 161])
    def test_refuses_what_is_none(self, text):
        refuses("slug", Slug.parse, text)


class TestNumbers:
    @given(strategies.order_numbers)
    def test_of_orders_are_read_in_any_case(self, number):
        assert OrderNumber.parse(f" {number.text.lower()} ") == number
        assert str(number) == number.text

    @pytest.mark.parametrize("text", ["", "WS-123", "WS-IIIIIIIIII", "XX-7K3M9Q2XAB"])
    def test_of_orders_refuse_others(self, text):
        refuses("order_number", OrderNumber.parse, text)

    def test_of_pieces_show_their_end_only(self):
        assert SerialNumber.parse("ab 123456").masked == "••••••456"
        assert SerialNumber("123456").masked == "••••••"
        assert str(SerialNumber.parse("ab1")) == "AB1"


class TestAddresses:
    def test_are_tidied(self):
        address = Address.parse(**{**HOME, "street": "Rue   du Lac"})
        assert (address.street, address.country) == ("Rue du Lac", "CH")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("country", "Schweiz"),
            ("name", ""),
            ("street", ""),
            ("city", "x" * 81),
            ("postcode", "x" * 17),
        ],
    )
    def test_refuse_by_field(self, field, value):
        refuses(field, Address.parse, **{**HOME, field: value})

    def test_contacts_may_have_a_telephone(self):
        found = Contact.parse(email="A@example.com", name="Ada", phone=" +41 22 123 45 67 ")
        assert found.phone == "+41 22 123 45 67"
        assert Contact.parse(email="a@example.com", name="Ada").phone == ""
        refuses("phone", Contact.parse, email="a@example.com", name="Ada", phone="call me")


class TestPrices:
    def test_add_lines_and_delivery(self):
        sheet = price([(Money(100, USD), 2), (Money(50, USD), 1)], Delivery.EXPRESS)
        assert (sheet.items.amount, sheet.delivery.amount, sheet.total.amount) == (250, 4500, 4750)
        assert not price([(Money(100, USD), 1)], Delivery.STANDARD).delivery

    def test_refuse_nothing_and_a_mixture(self):
        refuses("lines", price, [], Delivery.STANDARD)
        with pytest.raises(MixedCurrency):
            price([(Money(1, USD), 1), (Money(1, Currency("CHF")), 1)], Delivery.STANDARD)

    def test_of_express_exist_in_some_currencies(self):
        refuses("delivery", Delivery.EXPRESS.fee, Currency("JPY"))
        assert not Delivery.PICK_UP.fee(Currency("JPY"))

    def test_of_an_unknown_delivery_do_not(self):
        assert Delivery.parse("express") is Delivery.EXPRESS
        refuses("delivery", Delivery.parse, "drone")


class TestSpecifications:
    @given(strategies.specifications)
    def test_stay_the_same_when_made_again(self, specification):
        again = Specification(
            **{name: getattr(specification, name) for name in Specification.__slots__}
        )
        assert again == specification

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("diameter_mm", 9),
            ("diameter_mm", 81),
            ("water_resistance_m", -1),
            ("power_reserve_h", 0),
            ("first_year", 1799),
            ("crystal", "x" * 81),
        ],
    )
    def test_refuse_what_no_watch_has(self, field, value):
        refuses(field, Specification, **{field: value})
