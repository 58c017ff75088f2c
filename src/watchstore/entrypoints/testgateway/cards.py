"""The test cards, and what the bank behind each of them says."""

ACCEPTED = "tok_accepted"
DECLINED = "tok_declined"
SLOW = "tok_slow"
TIMEOUT = "tok_timeout"
CHALLENGE = "tok_challenge"

_REFUSALS = {ACCEPTED: None, SLOW: None, TIMEOUT: None, DECLINED: "insufficient_funds"}


def why_declined(card: str) -> str | None:
    return _REFUSALS.get(card, "unknown_card")
