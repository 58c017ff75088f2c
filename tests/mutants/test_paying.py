"""What stands between a buyer, a bank and the shop's money: each guard, taken away."""

import pytest
from tests.mutants.mutant import Mutant

GATEWAY, CALLS = "adapters/stripe/gateway.py", "adapters/stripe/calls.py"
CONFIRMING, WAITING = "service_layer/confirming.py", "service_layer/waiting.py"
SIGNATURES, ASKING = "service_layer/signatures.py", "service_layer/asking.py"
SETTINGS = "entrypoints/settings.py"
HOOKS = "http/test_stripe_webhooks.py::"
NAMED = "unit/test_settings.py::test_what_is_wrong_with_stripe_is_named"
BAD = f"{HOOKS}test_a_bad_signature_is_refused_without_effect"
STRIPE = "contract/test_stripe.py::"
PORT = "contract/test_payment_gateway.py::"
NOTICE = "contract/test_stripe_purchases.py::TestANotice::"
CHALLENGES = "contract/test_challenges.py::"
GIVING_UP = f"{CHALLENGES}TestGivingUp::"
OURS = f"{STRIPE}TestKeys::test_every_call_carries_ours"


def on_both(test: str) -> tuple[str, ...]:
    return f"{test}[memory]", f"{test}[postgres]"


MUTANTS = [
    Mutant(
        "a bank that is answered for ever",
        CONFIRMING,
        "    limiter.hit(limits.PAYMENT_BY_ADDRESS, command.origin)\n    unheard",
        "    unheard",
        ("http/test_confirming.py::test_nobody_answers_the_bank_for_ever",),
    ),
    Mutant(
        "a pretended bank beside real cards",
        "entrypoints/container.py",
        "return gateway if isinstance(gateway, HttpTestGateway | MemoryGateway) else None",
        "return gateway",
        (
            "unit/test_gateways.py::test_the_settings_choose[none]",
            "unit/test_gateways.py::test_the_settings_choose[stripe]",
        ),
    ),
    Mutant(
        "an event that nobody signed",
        "adapters/stripe/notices.py",
        'require_signature(headers.get(HEADER, ""), body, secret=self._secret, now=now)',
        "del headers, now",
        (f"{BAD}[none]", f"{BAD}[another secret]", f"{BAD}[another body]", f"{BAD}[too old]"),
    ),
    Mutant(
        "an old event",
        SIGNATURES,
        "<= TOLERANCE",
        "<= 1_000_000",
        (f"{BAD}[too old]", f"{BAD}[from the future]"),
    ),
    Mutant(
        "an event from the future",
        SIGNATURES,
        "return abs(now.timestamp() - int(moment))",
        "return now.timestamp() - int(moment)",
        (f"{BAD}[from the future]",),
    ),
    Mutant(
        "an event heeded as often as it comes",
        ASKING,
        "    if _is_known(sender, notice, begin=begin, clock=clock):\n        return\n",
        "",
        (*on_both(f"{NOTICE}test_a_hundred_times_about_what_is_not_decided_asks_once"),),
    ),
    Mutant(
        "an event heeded before Stripe was asked",
        ASKING,
        "        return not uow.notices.add(sender, notice.id, clock.now())\n",
        "        new = uow.notices.add(sender, notice.id, clock.now())\n"
        "        uow.commit()\n"
        "        return not new\n",
        (*on_both(f"{NOTICE}test_while_stripe_is_away_is_heeded_when_it_comes_again"),),
    ),
    *(
        Mutant(
            f"a call without our key: {name}",
            CALLS,
            f'self._{call}, {{"idempotency_key": key}})',
            f"self._{call})",
            (OURS,),
        )
        for name, call in {
            "authorise": "intents.create(params",
            "capture": "intents.capture(reference, params",
            "void": "intents.cancel(reference, {}",
            "refund": "refunds.create(params",
        }.items()
    ),
    Mutant(
        "a replayed answer taken for the present state",
        GATEWAY,
        'if not said.replayed and intent["status"] != "requires_action":',
        "if True:",
        (
            f"{STRIPE}TestKeys::test_replay_the_first_answer_and_we_tell_the_present",
            f"{PORT}TestAChallenge::test_confirmed_is_approved[stripe]",
        ),
    ),
    Mutant(
        "a fault of Stripe's that is not looked into",
        GATEWAY,
        "if (found := self._of(key, order_number)) is None:",
        "if not (found := {}):",
        (f"{STRIPE}TestLostAnswers::test_behind_a_fault_are_looked_up[0-False]",),
    ),
    Mutant(
        "the list that the search is behind of",
        GATEWAY,
        'found = {one["id"]: one for one in young if metadata(one).get(name) == value}',
        'found = {one["id"]: one for one in young if not one}',
        (f"{STRIPE}TestLostAnswers::test_behind_a_fault_are_looked_up[0-False]",),
    ),
    Mutant(
        "a forgotten key refunds again",
        GATEWAY,
        "if found := self._refund_of(key, reference):  # a forgotten key would refund again",
        "if found := None:",
        (f"{STRIPE}TestKeys::test_forgotten_after_a_day_charge_nothing_again",),
    ),
    Mutant(
        "a forgotten key charges again",
        GATEWAY,
        "if not refusal.by_card and (found := self._of(key, order_number)):",
        "if found := None:",
        (f"{STRIPE}TestKeys::test_forgotten_after_a_day_charge_nothing_again",),
    ),
    Mutant(
        "another's capture taken for ours",
        GATEWAY,
        'metadata(intent).get("capture_key") == key',
        "bool(key)",
        (f"{PORT}test_one_capture_at_once_takes_the_money[stripe]",),
    ),
    Mutant(
        "a failed challenge that goes on with another card",
        GATEWAY,
        '            self._calls.cancel(f"{metadata(intent)[\'key\']}:close", intent["id"])\n',
        "",
        (f"{STRIPE}TestARefusal::test_after_a_challenge_is_final",),
    ),
    Mutant(
        "an amount in another currency",
        GATEWAY,
        'if intent["currency"] == amount.currency.code.lower():',
        "if intent:",
        (f"{PORT}test_only_the_currency_of_the_authorisation_moves[stripe]",),
    ),
    Mutant(
        "calls that are repeated behind our back",
        CALLS,
        "max_network_retries=0",
        "max_network_retries=2",
        (f"{STRIPE}test_what_stripe_will_not_hear_now_it_hears_later[409]",),
    ),
    Mutant(
        "a buyer who keeps pieces for ever",
        "service_layer/departments/backroom.py",
        '            Duty("challenges", timedelta(seconds=30), timedelta(minutes=2), expire),\n',
        "",
        (*on_both(f"{GIVING_UP}test_a_buyer_who_never_confirms_keeps_nothing"),),
    ),
    Mutant(
        "a buyer given up without a last question",
        CONFIRMING,
        "    settle_payment(payment_id, begin=begin, gateway=gateway, clock=clock, terms=terms)\n",
        "",
        (*on_both(f"{GIVING_UP}test_leaves_a_silent_gateway_alone"),),
    ),
    Mutant(
        "a buyer given up who has paid",
        CONFIRMING,
        "if not payment.waits_for_the_buyer or not _is_open(order):",
        "if False:",
        (*on_both(f"{GIVING_UP}test_gives_nobody_up_who_paid_while_the_worker_decided"),),
    ),
    Mutant(
        "the bank goes on asking for a cancelled order",
        WAITING,
        "    return cancelled and payment.pending is Operation.AUTHORISE\n",
        "    return False\n",
        (*on_both(f"{GIVING_UP}test_by_the_buyer_or_staff_withdraws_the_question"),),
    ),
    Mutant(
        "a repetition that is not told of the bank",
        WAITING,
        "            uow.keys.answer_order(order.id, asking_answer(payment))\n",
        "",
        (*on_both(f"{CHALLENGES}TestARepetition::test_of_the_request_tells_how_it_stands"),),
    ),
    Mutant(
        "anybody's payment",
        CONFIRMING,
        "if order is None or not owned_by(order, command.shopper):",
        "if order is None:",
        ("http/test_confirming.py::test_a_foreign_order_is_none",),
    ),
    Mutant(
        "a gateway asked as often as anybody likes",
        CONFIRMING,
        "    limiter.hit(limits.PAYMENT_BY_ADDRESS, command.origin)\n    with",
        "    with",
        ("http/test_confirming.py::test_nobody_asks_the_gateway_for_ever",),
    ),
    Mutant(
        "an expired authorisation that cannot be let go",
        "service_layer/paying.py",
        "done = answer.approved or answer.reason == ALREADY_VOIDED",
        "done = answer.approved",
        on_both(
            "contract/test_stripe_purchases.py::"
            "test_an_authorisation_that_expired_is_told_and_can_be_cancelled"
        ),
    ),
    Mutant(
        "a waiting buyer is a difference in PostgreSQL",
        "adapters/postgres/checking/sales.py",
        "THEN :challenge ELSE interval '0' END",
        "THEN :challenge * 0 ELSE interval '0' END",
        (f"{CHALLENGES}TestWaiting::test_is_a_legal_state_for_as_long_as_the_buyer_has[postgres]",),
    ),
    Mutant(
        "a waiting buyer is a difference in memory",
        "adapters/memory/checking.py",
        "before - challenge if waits else before",
        "before",
        (f"{CHALLENGES}TestWaiting::test_is_a_legal_state_for_as_long_as_the_buyer_has[memory]",),
    ),
    Mutant(
        "two gateways at once",
        SETTINGS,
        'if secret and values.get("gateway_url"):',
        "if False:",
        (f"{NAMED}[environ0-STRIPE_SECRET_KEY-one gateway at a time]",),
    ),
    Mutant(
        "a live shop that is told of nothing",
        SETTINGS,
        'if secret and _is_live(secret) and values.get("stripe_webhook_secret") == "":',
        "if False:",
        (f"{NAMED}[environ3-STRIPE_WEBHOOK_SECRET-is missing]",),
    ),
    Mutant(
        "a secret that is shown",
        SETTINGS,
        "repr=not secret",
        "repr=True",
        ("unit/test_settings.py::test_no_secret_is_shown",),
    ),
    Mutant(
        "the buyer's secret that is shown",
        "service_layer/ports/outside.py",
        "field(default=None, repr=False)",
        "None",
        (f"{PORT}TestAChallenge::test_hides_its_secret[memory]",),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
