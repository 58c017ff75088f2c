"""What guards an account and what it keeps, taken away."""

import pytest
from tests.mutants.mutant import Mutant

KEEPING, LEAVING = "service_layer/keeping.py", "service_layer/leaving.py"
TABLES = "adapters/postgres/migrations/versions/v0014_personal.sql"
CONTRACT = "contract/test_personal.py::"
UNIT = "unit/service_layer/test_keeping.py::"
ERASING = f"{UNIT}TestErasing::"
SCHEMA = "postgres/test_schema.py::test_is_refused"
TRACKING = "contract/test_afterwards.py::TestTracking::"
BACK = f"{CONTRACT}test_what_was_sent_is_returnable_until_it_comes_back_or_is_paid_back"


MUTANTS = [
    Mutant(
        "addresses read before the account is locked",
        KEEPING,
        "        uow.users.get(command.user_id)\n"
        "        book = uow.address_books.of(command.user_id)\n"
        "        earlier",
        "        book = uow.address_books.of(command.user_id)\n        earlier",
        (f"{CONTRACT}test_a_change_waits_for_the_one_before_it[postgres]",),
    ),
    Mutant(
        "wishes read before the account is locked",
        KEEPING,
        "        uow.users.get(command.user_id)\n        known",
        "        known",
        (f"{CONTRACT}test_of_wishes_made_at_once_none_is_lost[postgres]",),
    ),
    Mutant(
        "an address kept twice for one key",
        KEEPING,
        "        remember_creation(uow, command.key, entry.id)\n",
        "",
        (f"{UNIT}TestAddresses::test_with_a_key_are_kept_once",),
    ),
    Mutant(
        "an address book without an end",
        "domain/address_book.py",
        "if len(self.entries) >= MOST_ADDRESSES:",
        "if False:",
        ("unit/domain/test_personal.py::TestAnAddressBook::test_has_an_end",),
    ),
    Mutant(
        "an account erased without its password",
        LEAVING,
        "if not hasher.verify(command.password, user.password_hash):",
        "if False:",
        (f"{ERASING}test_wants_the_password",),
    ),
    Mutant(
        "passwords guessed while erasing",
        LEAVING,
        "    limiter.hit(limits.PASSWORD_BY_ACCOUNT, str(command.user_id))\n",
        "",
        (f"{ERASING}test_by_guessing_is_limited",),
    ),
    Mutant(
        "sessions that outlive their account",
        LEAVING,
        "ended = uow.sessions.end(user.id)",
        "ended = ()",
        (f"{ERASING}test_ends_everything_but_the_books",),
    ),
    Mutant(
        "addresses that outlive their account",
        LEAVING,
        "    uow.address_books.save(AddressBook(user.id))\n",
        "",
        (f"{ERASING}test_ends_everything_but_the_books",),
    ),
    Mutant(
        "a manager who erases the account",
        "domain/user.py",
        "if self.role is not Role.CUSTOMER:",
        "if False:",
        (f"{ERASING}test_is_not_for_staff",),
    ),
    Mutant(
        "a confirming mail for who needs none",
        "service_layer/mailing/accounts.py",
        "if user and user.verified_at is None else None",
        "if user else None",
        (f"{UNIT}TestTheConfirmingMail::test_goes_to_nobody_who_needs_none",),
    ),
    Mutant(
        "exports without a limit",
        "service_layer/exporting.py",
        "    limiter.hit(limits.EXPORT_BY_ACCOUNT, str(user_id))\n",
        "",
        (f"{UNIT}TestAnExport::test_too_often_is_refused",),
    ),
    Mutant(
        "a piece returned twice on the page",
        "adapters/postgres/queries/order_views.py",
        'if one["state"] not in _LET_GO',
        "if False",
        (f"{BACK}[postgres]",),
    ),
    Mutant(
        "a piece paid back and returned on the page",
        "adapters/memory/order_queries.py",
        "if refund.counts",
        "if False",
        (f"{BACK}[memory]",),
    ),
    Mutant(
        "a wish for what is withdrawn",
        "adapters/postgres/queries/accounts.py",
        "    .where(watches.c.publication == Publication.PUBLISHED.value)\n",
        "",
        (f"{CONTRACT}TestQuestions::test_wishes_are_of_what_is_published[postgres]",),
    ),
    Mutant(
        "what was written is told to who tracks",
        "service_layer/tracking.py",
        "return found.group() if found else",
        "return note if found else",
        (f"{TRACKING}test_tells_of_returns_and_refunds_without_anybodys_words[memory]",),
    ),
    Mutant(
        "without address_books_entries_check",
        TABLES,
        "jsonb_array_length(entries) <= 10",
        "TRUE",
        (f"{SCHEMA}[an eleventh address]",),
    ),
    Mutant(
        "without wish_lists_watches_check",
        TABLES,
        "jsonb_array_length(watches) <= 100",
        "TRUE",
        (f"{SCHEMA}[a wish too many]",),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
