"""Accounts: what their owner learns by mail, and what a stranger never learns."""

import pytest
from tests.harness.language import (
    PASSWORD,
    a_clerk,
    a_customer,
    drain_all,
    mailed_secret,
    register,
    sign_in,
    subjects,
    told,
    user_id,
)
from tests.harness.steps import Crash

from watchstore.domain import Email, Role, SessionId
from watchstore.domain.errors import (
    Duplicate,
    InvalidToken,
    InvalidValue,
    NotFound,
    SignInRefused,
    TooManyAttempts,
)
from watchstore.service_layer import limits
from watchstore.service_layer.commands import (
    ChangePassword,
    CreateStaff,
    RegisterAccount,
    RequestPasswordReset,
    ResetPassword,
    ReviseAccount,
    SignIn,
    VerifyEmail,
)
from watchstore.service_layer.secrets import secret_hash

ADA = "ada@example.com"
OTHER = "another good password"


class TestRegistering:
    def test_asks_to_confirm_the_address_by_mail(self, house):
        register(house, ADA)
        (mail,) = house.mailer.sent
        assert (mail.to, mail.subject) == (Email(ADA), "Confirm your e-mail address")
        with pytest.raises(SignInRefused):
            sign_in(house)

        house.shop.verify_email(VerifyEmail(mailed_secret(house, ADA)))

        account = house.shop.accounts.account(user_id(house, ADA))
        assert (account.email, account.role, account.verified) == (ADA, "customer", True)

    def test_again_looks_the_same_and_tells_the_owner_only(self, house):
        a_customer(house)
        assert register(house, ADA, OTHER) is None
        assert subjects(house)[-1] == "You have an account already"
        with pytest.raises(SignInRefused):
            sign_in(house, password=OTHER)
        assert sign_in(house).user.email == Email(ADA)

    def test_again_hashes_as_much_as_the_first_time(self, house, monkeypatch):
        hashed = []
        hasher = house.shop.ports.hasher
        monkeypatch.setattr(hasher, "hash", lambda password: hashed.append(password) or "hash")
        register(house, ADA)
        register(house, ADA, OTHER)
        assert hashed == [PASSWORD, OTHER]

    @pytest.mark.parametrize("password", ["short", "x" * 257, "Password123", "ada@example"])
    def test_needs_a_password_that_guards(self, house, password):
        with pytest.raises(InvalidValue) as refusal:
            register(house, ADA, password)
        assert refusal.value.field == "password"

    def test_needs_a_name(self, house):
        with pytest.raises(InvalidValue):
            house.shop.register(RegisterAccount(Email(ADA), " ", PASSWORD))

    def test_too_often_from_one_address_is_refused(self, house):
        for count in range(limits.REGISTER_BY_ADDRESS.count):
            register(house, f"a{count}@example.com")
        with pytest.raises(TooManyAttempts) as refusal:
            register(house, "last@example.com")
        assert refusal.value.retry_after == limits.REGISTER_BY_ADDRESS.seconds

    def test_a_rival_with_the_same_address_makes_it_the_second(self, house):
        command = RegisterAccount(Email(ADA), "Ada", PASSWORD)
        house.steps.at("users.add:before", lambda: house.rival.register(command))
        house.shop.register(command)
        drain_all(house)
        assert sorted(subjects(house)) == [
            "Confirm your e-mail address",
            "You have an account already",
        ]

    def test_that_crashed_before_its_commit_can_be_done_again(self, house):
        house.steps.crash("commit:before")
        with pytest.raises(Crash):
            register(house, ADA)
        register(house, ADA)
        assert subjects(house) == ["Confirm your e-mail address"]


class TestVerifying:
    def test_works_once(self, house):
        register(house, ADA)
        command = VerifyEmail(mailed_secret(house, ADA))
        house.shop.verify_email(command)
        with pytest.raises(InvalidToken):
            house.shop.verify_email(command)

    def test_works_for_48_hours(self, house):
        register(house, ADA)
        house.clock.advance(48 * 3600)
        with pytest.raises(InvalidToken):
            house.shop.verify_email(VerifyEmail(mailed_secret(house, ADA)))

    def test_wants_a_token_made_for_it(self, house):
        a_customer(house)
        request_reset(house)
        reset = mailed_secret(house, ADA)
        refusals = [
            told(house.shop.verify_email, VerifyEmail(secret)) for secret in (reset, "no such")
        ]
        assert refusals[0] == refusals[1]
        assert refusals[0][0] == "invalid_token"

    def test_too_often_is_refused(self, house):
        for _ in range(limits.TOKEN_BY_ADDRESS.count):
            told(house.shop.verify_email, VerifyEmail("guess"))
        with pytest.raises(TooManyAttempts):
            house.shop.verify_email(VerifyEmail("guess"))


class TestResettingAPassword:
    def test_is_the_same_for_an_unknown_address_but_mails_nobody(self, house):
        a_customer(house)
        house.mailer.sent.clear()
        assert request_reset(house, "stranger@example.com") is None
        assert house.mailer.sent == []
        assert request_reset(house) is None
        assert subjects(house) == ["Set a new password"]

    def test_ends_every_session_and_tells_the_owner(self, house):
        a_customer(house)
        session = sign_in(house)
        request_reset(house)
        house.shop.reset_password(ResetPassword(mailed_secret(house, ADA), OTHER))
        drain_all(house)

        assert house.shop.sessions.find(secret_hash(session.secret)) is None
        assert subjects(house)[-1] == "Your password was changed"
        with pytest.raises(SignInRefused):
            sign_in(house)
        assert sign_in(house, password=OTHER)

    def test_also_confirms_the_address(self, house):
        register(house, ADA)
        request_reset(house)
        house.shop.reset_password(ResetPassword(mailed_secret(house, ADA), OTHER))
        assert sign_in(house, password=OTHER)

    def test_keeps_the_token_when_the_password_is_refused(self, house):
        a_customer(house)
        request_reset(house)
        secret = mailed_secret(house, ADA)
        with pytest.raises(InvalidValue):
            house.shop.reset_password(ResetPassword(secret, "short"))
        house.shop.reset_password(ResetPassword(secret, OTHER))
        with pytest.raises(InvalidToken):
            house.shop.reset_password(ResetPassword(secret, OTHER))

    def test_is_over_after_an_hour(self, house):
        a_customer(house)
        request_reset(house)
        house.clock.advance(3600)
        with pytest.raises(InvalidToken):
            house.shop.reset_password(ResetPassword(mailed_secret(house, ADA), OTHER))

    def test_of_a_disabled_account_mails_nobody_and_its_token_is_refused(self, house):
        a_customer(house)
        request_reset(house)
        secret = mailed_secret(house, ADA)
        disable(house, ADA)
        house.mailer.sent.clear()
        request_reset(house)
        assert house.mailer.sent == []
        assert told(house.shop.reset_password, ResetPassword(secret, OTHER))[0] == (
            "illegal_transition"
        )

    def test_mails_one_account_five_times_an_hour(self, house):
        for count in range(limits.MAIL_BY_ACCOUNT.count):
            request_reset(house, origin=f"address {count}")
        with pytest.raises(TooManyAttempts):
            request_reset(house, origin="another address")


class TestChangingAPassword:
    def test_ends_the_other_sessions(self, house):
        ada = a_customer(house)
        mine, other = sign_in(house), sign_in(house)

        house.shop.change_password(ChangePassword(ada, PASSWORD, OTHER, keep=mine.session.id))

        assert house.shop.sessions.find(secret_hash(mine.secret)) is not None
        assert house.shop.sessions.find(secret_hash(other.secret)) is None
        drain_all(house)
        assert subjects(house)[-1] == "Your password was changed"

    @pytest.mark.parametrize(
        ("current", "new", "refusal"),
        [
            ("wrong", OTHER, SignInRefused),
            (PASSWORD, PASSWORD, InvalidValue),
            (PASSWORD, "short", InvalidValue),
        ],
    )
    def test_is_refused(self, house, current, new, refusal):
        ada = a_customer(house)
        with pytest.raises(refusal):
            house.shop.change_password(ChangePassword(ada, current, new))
        assert sign_in(house)

    def test_by_guessing_is_limited(self, house):
        ada = a_customer(house)
        for _ in range(limits.PASSWORD_BY_ACCOUNT.count):
            told(house.shop.change_password, ChangePassword(ada, "wrong", OTHER))
        with pytest.raises(TooManyAttempts):
            house.shop.change_password(ChangePassword(ada, PASSWORD, OTHER))


class TestTheRest:
    def test_renaming(self, house):
        ada = a_customer(house)
        house.shop.revise_account(ReviseAccount(ada, "  Ada   Lovelace "))
        assert house.shop.accounts.account(ada).name == "Ada Lovelace"
        with pytest.raises(InvalidValue):
            house.shop.revise_account(ReviseAccount(ada, ""))

    def test_staff_are_verified_from_the_start(self, house):
        clerk = a_clerk(house)
        account = house.shop.accounts.account(clerk)
        assert (account.role, account.verified) == ("clerk", True)
        assert sign_in(house, "clerk@example.com").user.role is Role.CLERK

    def test_a_taken_address_cannot_become_staff(self, house):
        a_customer(house)
        with pytest.raises(Duplicate):
            house.shop.create_staff(CreateStaff(Email(ADA), "Ada", Role.MANAGER, PASSWORD))
        assert sign_in(house).user.role is Role.CUSTOMER

    def test_an_unknown_account_has_no_view(self, house):
        nobody = house.entropy.new_id()
        assert house.shop.accounts.account(nobody) is None
        with pytest.raises(NotFound):
            house.shop.revise_account(ReviseAccount(nobody, "Nobody"))

    def test_no_secret_is_shown_by_a_command(self):
        commands = [
            SignIn(Email(ADA), PASSWORD),
            RegisterAccount(Email(ADA), "Ada", PASSWORD),
            ChangePassword(None, PASSWORD, PASSWORD, keep=SessionId(None)),
            ResetPassword(PASSWORD, PASSWORD),
            VerifyEmail(PASSWORD),
        ]
        assert all(PASSWORD not in repr(command) for command in commands)


def request_reset(house, email=ADA, **more):
    house.shop.request_password_reset(RequestPasswordReset(Email(email), **more))
    drain_all(house)


def disable(house, email):
    with house.storage.begin() as uow:
        user = uow.users.find(Email(email))
        uow.users.save(user.disable(house.clock.now()))
        uow.commit()
