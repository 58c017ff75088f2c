"""The test cards, and what the bank behind each of them says."""

ACCEPTED = "tok_accepted"
DECLINED = "tok_declined"
SLOW = "tok_slow"
TIMEOUT = "tok_timeout"
CHALLENGE = "tok_challenge"
BLOCKED = "tok_blocked"  # after it was authorised, and until somebody has asked once

_REFUSALS = {
    ACCEPTED: None,
    SLOW: None,
    TIMEOUT: None,
    BLOCKED: None,
    DECLINED: "insufficient_funds",
}


def why_declined(card: str) -> str | None:
    return _REFUSALS.get(card, "unknown_card")
