"""What becomes of the driver's errors: the ports' own, and nothing of SQLAlchemy's."""

from uuid import uuid4

import pytest
from sqlalchemy import event, text
from tests.harness.records import a_user, keep_user

from watchstore.adapters.postgres import PostgresStorage
from watchstore.adapters.postgres.errors import ConstraintViolated, DatabaseFault
from watchstore.adapters.rapidfuzz.speller import RapidfuzzSpeller
from watchstore.domain import UserId
from watchstore.domain.errors import InvalidValue, NotFound
from watchstore.entrypoints.http.tracebacks import with_traceback
from watchstore.service_layer.ports import ConcurrencyConflict, Unavailable

_OTHERS = text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def say(statement):
    return lambda uow: uow.users._transaction.execute(text(statement))


def transact(storage, *steps):
    with storage.begin() as uow:
        for step in steps:
            step(uow)
        uow.commit()


@pytest.fixture
def cut(operator):
    """A step after which every connection but the operator's is gone."""

    def work(_uow=None):
        with operator.connect() as connection:
            connection.execute(_OTHERS)

    return work


class TestUnavailable:
    def test_when_nobody_listens(self):
        url = "postgresql+psycopg2://nobody@127.0.0.1:1/nowhere"
        storage = PostgresStorage(url, pool_size=1, speller=RapidfuzzSpeller)
        with pytest.raises(Unavailable):
            storage.ping()
        with pytest.raises(Unavailable), storage.begin():
            pass
        with pytest.raises(Unavailable):
            storage.accounts.account(UserId(uuid4()))

    def test_when_every_connection_is_in_use(self, database_url):
        storage = PostgresStorage(database_url, pool_size=1, speller=RapidfuzzSpeller)
        with storage.begin(), pytest.raises(Unavailable), storage.begin():
            pass
        storage.ping()
        storage.close()

    def test_when_new_connections_are_cut_as_well(self, storage, cut):
        storage.ping()
        event.listen(storage._reads, "connect", lambda *_: cut())
        cut()
        with pytest.raises(Unavailable):
            storage.ping()

    def test_when_the_connection_is_cut_in_a_transaction(self, storage, cut):
        user = a_user()
        with pytest.raises(Unavailable):
            transact(storage, lambda uow: uow.users.add(user), cut)
        with storage.begin() as uow:
            assert uow.users.find(user.email) is None

    def test_and_an_error_of_the_caller_is_not_hidden_by_it(self, database_url, cut):
        def stumble(_uow):
            raise LookupError

        storage = PostgresStorage(database_url, pool_size=1, speller=RapidfuzzSpeller)
        for _ in range(2):  # the one connection was given back
            with pytest.raises(LookupError):
                transact(storage, lambda uow: uow.users.add(a_user()), cut, stumble)
        storage.close()

    def test_when_a_statement_takes_too_long(self, storage):
        impatient = say("SET LOCAL statement_timeout = '20ms'")
        with pytest.raises(Unavailable):
            transact(storage, impatient, say("SELECT pg_sleep(5)"))

    def test_never_for_connections_that_were_cut_while_idle(self, storage, cut):
        with storage.begin() as uow:
            uow.users.find(a_user().email)
        storage.ping()
        cut()
        storage.ping()
        with storage.begin() as uow:
            uow.users.find(a_user().email)


class TestConflict:
    def test_when_a_lock_is_not_to_be_had(self, storage):
        user = keep_user(storage)
        with storage.begin() as uow:
            uow.users.get(user.id)
            impatient = say("SET LOCAL lock_timeout = '20ms'")
            with pytest.raises(ConcurrencyConflict):
                transact(storage, impatient, lambda rival: rival.users.get(user.id))


class TestRefusals:
    def test_text_that_cannot_be_kept(self, storage):
        for text_ in ("\x00", "\ud800"):
            with pytest.raises(InvalidValue), storage.begin() as uow:
                uow.users.add(a_user(name=text_))

    def test_a_row_that_refers_to_nothing(self, storage):
        orphan = (
            "INSERT INTO sessions VALUES (gen_random_uuid(), gen_random_uuid(),"
            f" '{'0' * 64}', '', now(), now() + interval '1 h')"
        )
        with pytest.raises(NotFound):
            transact(storage, say(orphan))

    def test_a_row_that_breaks_a_rule(self, storage):
        staff = say("UPDATE users SET role = 'owner'")
        with pytest.raises(ConstraintViolated, match="users_role_check"):
            transact(storage, lambda uow: uow.users.add(a_user()), staff)

    def test_a_statement_that_makes_no_sense(self, storage):
        with pytest.raises(DatabaseFault):
            transact(storage, say("SELECT nothing"))


VALUE = "sesame"


class TestNoErrorRepeatsAValue:
    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT CAST(:canary AS uuid)",
            "INSERT INTO notices (gateway, id, taken_at) VALUES (:canary, '', now())",
            "INSERT INTO notices (gateway, id) VALUES (:canary, 'x')",
            "SELECT * FROM nowhere WHERE x = :canary",
        ],
        ids=["bad data", "a check", "a missing value", "a missing table"],
    )
    def test_in_a_traceback(self, storage, statement):
        with (
            pytest.raises(Exception) as raised,  # noqa: PT011
            storage.begin() as uow,
        ):
            uow.notices._transaction.execute(text(statement), {"canary": VALUE})
        event = with_traceback(None, "error", {"exc_info": raised.value})
        assert VALUE not in event["exception"]
        assert "test_errors.py" in event["exception"]
        assert type(raised.value).__name__ in event["exception"]
