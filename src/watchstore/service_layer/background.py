"""What the worker runs: who is told of events, and what is done by the clock."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from watchstore.service_layer import mailing, relay, scheduling
from watchstore.service_layer.checking_out import forget_checkouts
from watchstore.service_layer.needs import Ports
from watchstore.service_layer.ports import Begin
from watchstore.service_layer.scheduling import Duty


def consumers(ports: Ports, begin: Begin) -> Mapping[str, relay.Consumer]:
    return {
        "mail": partial(
            mailing.send_mail,
            begin=begin,
            clock=ports.clock,
            entropy=ports.entropy,
            mailer=ports.mailer,
            public_url=ports.public_url,
        ),
        "payments": partial(
            relay.settle_after, begin=begin, gateway=ports.gateway, clock=ports.clock
        ),
        "refunds": partial(
            relay.refund_after, begin=begin, gateway=ports.gateway, clock=ports.clock
        ),
        "pages": partial(relay.tell_publisher, edited=ports.edited),
        "sessions": partial(relay.forget_sessions, sessions=ports.sessions),
    }


def schedule(ports: Ports, begin: Begin) -> tuple[Duty, ...]:
    checks, gateway, report = ports.storage.checks, ports.gateway, ports.report
    settle = partial(
        scheduling.settle_pending,
        checks=checks,
        begin=begin,
        gateway=gateway,
        clock=ports.clock,
        report=report,
    )
    expire = partial(
        scheduling.expire_challenges,
        checks=checks,
        begin=begin,
        gateway=gateway,
        clock=ports.clock,
        challenge=ports.terms.challenge,
        report=report,
    )
    tidy = partial(scheduling.tidy, deliveries=ports.storage.deliveries, report=report)
    forget = partial(forget_checkouts, begin=begin, clock=ports.clock)
    reconcile = partial(
        scheduling.reconcile,
        checks=checks,
        gateway=gateway,
        challenge=ports.terms.challenge,
        report=report,
    )
    return (
        Duty("settle", timedelta(seconds=30), timedelta(minutes=2), settle),
        Duty("challenges", timedelta(seconds=30), timedelta(minutes=2), expire),
        Duty("tidy", timedelta(hours=1), timedelta(minutes=10), tidy),
        Duty("checkouts", timedelta(hours=1), timedelta(minutes=10), forget),
        Duty("reconcile", timedelta(days=1), timedelta(minutes=10), reconcile),
    )
