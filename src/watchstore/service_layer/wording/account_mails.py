"""The words of mails to account holders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from watchstore.domain.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonMail:
    """`more` stands below the button, for who did not expect the mail."""

    subject: str
    text: str
    button: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMails:
    erased_subject: str
    erased: str
    welcome: ButtonMail
    known: ButtonMail
    reset: ButtonMail
    changed: ButtonMail


ACCOUNT: Final[Mapping[Language, AccountMails]] = {
    Language.EN: AccountMails(
        erased_subject="Your account was deleted",
        erased="your account was deleted with all that we kept for you. Of your orders we keep what"
        " the law wants kept; they can still be followed by number and e-mail address.",
        welcome=ButtonMail(
            subject="Confirm your e-mail address",
            text="please confirm your address within 48 hours.",
            button="Confirm the address",
            more=("If you did not register, ignore this mail.",),
        ),
        known=ButtonMail(
            subject="You have an account already",
            text="somebody, perhaps you, tried to register with this address. You have an account:"
            " sign in, or set a new password.",
            button="Set a new password",
        ),
        reset=ButtonMail(
            subject="Set a new password",
            text="set a new password within one hour.",
            button="Set a new password",
            more=("If you did not ask for this, ignore this mail.",),
        ),
        changed=ButtonMail(
            subject="Your password was changed",
            text="your password was changed and your other devices were signed out. If that was"
            " not you, set a new one now.",
            button="Set a new password",
        ),
    ),
    Language.DE: AccountMails(
        erased_subject="Ihr Konto wurde gelöscht",
        erased="Ihr Konto wurde gelöscht, mit allem, was wir für Sie aufbewahrt haben. Von Ihren"
        " Bestellungen behalten wir, was das Gesetz verlangt; sie lassen sich weiterhin mit Nummer"
        " und E-Mail-Adresse verfolgen.",
        welcome=ButtonMail(
            subject="Bestätigen Sie Ihre E-Mail-Adresse",
            text="bitte bestätigen Sie Ihre Adresse innerhalb von 48 Stunden.",
            button="Adresse bestätigen",
            more=("Wenn Sie sich nicht registriert haben, ignorieren Sie diese Mail.",),
        ),
        known=ButtonMail(
            subject="Sie haben bereits ein Konto",
            text="jemand, vielleicht Sie selbst, wollte sich mit dieser Adresse registrieren. Sie"
            " haben bereits ein Konto: Melden Sie sich an, oder setzen Sie ein neues Passwort.",
            button="Neues Passwort setzen",
        ),
        reset=ButtonMail(
            subject="Setzen Sie ein neues Passwort",
            text="setzen Sie innerhalb einer Stunde ein neues Passwort.",
            button="Neues Passwort setzen",
            more=("Wenn Sie das nicht angefordert haben, ignorieren Sie diese Mail.",),
        ),
        changed=ButtonMail(
            subject="Ihr Passwort wurde geändert",
            text="Ihr Passwort wurde geändert, Ihre anderen Geräte wurden abgemeldet. Wenn Sie das"
            " nicht waren, setzen Sie jetzt ein neues.",
            button="Neues Passwort setzen",
        ),
    ),
}
