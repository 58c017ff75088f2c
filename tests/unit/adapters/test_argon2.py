import time
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from threading import Barrier

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from watchstore.adapters.argon2 import Argon2Hasher, common_passwords
from watchstore.adapters.argon2.hasher import DECOY
from watchstore.service_layer.ports import Unavailable

PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def hasher():
    return Argon2Hasher(2)


@pytest.fixture(scope="module")
def password_hash(hasher):
    return hasher.hash(PASSWORD)


def test_hashes_cost_what_owasp_asks_at_least(password_hash):
    parameters = extract_parameters(password_hash)

    assert parameters.type is Type.ID
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (19456, 2, 1)


def test_the_right_password_verifies_and_no_other(hasher, password_hash):
    assert hasher.verify(PASSWORD, password_hash)
    assert not hasher.verify("correct horsE", password_hash)
    assert not hasher.verify("", password_hash)


def test_two_hashes_of_one_password_differ(hasher, password_hash):
    assert hasher.hash(PASSWORD) != password_hash


def test_the_end_of_a_long_password_counts(hasher):
    long = "x" * 255

    assert not hasher.verify(long + "a", hasher.hash(long + "b"))


def test_a_password_is_one_however_its_letters_are_composed(hasher):
    assert hasher.verify("Zu\u0308rich\uff11", hasher.hash("Z\u00fcrich1"))


def test_text_that_is_no_utf8_is_a_wrong_password(hasher, password_hash):
    assert not hasher.verify("\ud800", password_hash)


def test_hashes_with_other_parameters_verify(hasher):
    older = PasswordHasher(time_cost=1, memory_cost=64, parallelism=2).hash(PASSWORD)

    assert hasher.verify(PASSWORD, older)
    assert not hasher.verify("wrong", older)


@pytest.mark.parametrize("missing", [None, "", "erased", "$argon2id$v=19$broken"])
def test_without_a_usable_hash_every_password_is_wrong(hasher, missing):
    assert not hasher.verify(PASSWORD, missing)


@pytest.mark.parametrize("missing", [None, "erased"])
def test_a_missing_account_costs_as_much_as_a_wrong_password(hasher, password_hash, missing):
    def cost(subject: str | None) -> float:
        start = time.thread_time()
        hasher.verify("wrong", subject)
        return time.thread_time() - start

    wrong = min(cost(password_hash) for _ in range(3))
    absent = min(cost(missing) for _ in range(3))

    assert 0.5 < absent / wrong < 2
    assert extract_parameters(DECOY) == extract_parameters(password_hash)


def test_no_more_than_so_many_are_hashed_at_once(password_hash):
    hasher = Argon2Hasher(2, patience=0.0)
    inside, checked = Barrier(3), Barrier(3)

    def take_a_turn() -> None:
        with hasher._turn():
            inside.wait(30)
            checked.wait(30)

    with ThreadPoolExecutor(2) as pool:
        turns = [pool.submit(take_a_turn) for _ in range(2)]
        inside.wait(30)
        with pytest.raises(Unavailable):
            hasher.verify(PASSWORD, password_hash)
        with pytest.raises(Unavailable):
            hasher.hash(PASSWORD)
        checked.wait(30)
        for turn in turns:
            turn.result()

    assert hasher.verify(PASSWORD, password_hash)


def test_thousands_of_common_passwords_are_known():
    common = common_passwords()

    assert len(common) > 10_000
    assert {"password1", "iloveyou", "qwertyuiop", "12345678"} <= common
    assert all(len(each) >= 8 and each == each.casefold() for each in common)
    assert common_passwords() is common


def test_the_list_comes_with_its_licence():
    licence = files("watchstore.adapters.argon2").joinpath("common_passwords.licence.txt")

    assert "Permission is hereby granted" in licence.read_text()
