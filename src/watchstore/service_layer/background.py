"""What the worker runs: who is told of events, and what is done by the clock."""

from collections.abc import Callable, Mapping
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
            printer=ports.printer,
            public_url=ports.public_url,
            shop_name=ports.terms.seller.name,
        ),
        "payments": partial(
            relay.settle_after,
            begin=begin,
            gateway=ports.gateway,
            clock=ports.clock,
            terms=ports.terms,
        ),
        "refunds": partial(
            relay.refund_after,
            begin=begin,
            gateway=ports.gateway,
            clock=ports.clock,
            terms=ports.terms,
        ),
        "pages": partial(relay.tell_publisher, edited=ports.edited),
        "sessions": partial(relay.forget_sessions, sessions=ports.sessions),
    }


def schedule(ports: Ports, begin: Begin) -> tuple[Duty, ...]:
    return (*_money(ports, begin), *_housekeeping(ports, begin))


def _money(ports: Ports, begin: Begin) -> tuple[Duty, ...]:
    def given(act: Callable[..., None], **more: object) -> Callable[[], None]:
        return partial(
            act,
            checks=ports.storage.checks,
            begin=begin,
            clock=ports.clock,
            terms=ports.terms,
            report=ports.report,
            **more,
        )

    settle = given(scheduling.settle_pending, gateway=ports.gateway)
    expire = given(scheduling.expire_challenges, gateway=ports.gateway)
    return (
        Duty("settle", timedelta(seconds=30), timedelta(minutes=2), settle),
        Duty("challenges", timedelta(seconds=30), timedelta(minutes=2), expire),
        Duty(
            "papers",
            timedelta(hours=1),
            timedelta(minutes=10),
            given(scheduling.write_missing_papers),
        ),
    )


def _housekeeping(ports: Ports, begin: Begin) -> tuple[Duty, ...]:
    tidy = partial(scheduling.tidy, deliveries=ports.storage.deliveries, report=ports.report)
    forget = partial(forget_checkouts, begin=begin, clock=ports.clock)
    reconcile = partial(
        scheduling.reconcile,
        checks=ports.storage.checks,
        gateway=ports.gateway,
        challenge=ports.terms.challenge,
        report=ports.report,
    )
    return (
        Duty("tidy", timedelta(hours=1), timedelta(minutes=10), tidy),
        Duty("checkouts", timedelta(hours=1), timedelta(minutes=10), forget),
        Duty("reconcile", timedelta(days=1), timedelta(minutes=10), reconcile),
    )
