"""The backroom: what the worker does by itself, and the proof that all records agree."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from watchstore.service_layer import checking_out, commands, mailing, relay, scheduling, verifying
from watchstore.service_layer.departments.department import Department
from watchstore.service_layer.queries import Difference
from watchstore.service_layer.scheduling import Duty


class Backroom(Department):
    def drain(self, *, stopping: Callable[[], bool] = lambda: False) -> int:
        """Deliver the events that are due, once around; the worker calls this for ever."""
        p = self.ports
        return relay.drain(
            p.storage.deliveries,
            self.consumers(),
            clock=p.clock,
            failed=p.delivery_failed,
            spread=p.spread,
            stopping=stopping,
            delivering=p.delivering,
        )

    def replay_delivery(self, command: commands.ReplayDelivery) -> int:
        return relay.replay(command, deliveries=self.ports.storage.deliveries)

    def do_duties(self) -> int:
        """Do what is due of the schedule; every worker calls this now and then."""
        return scheduling.do_due(
            self.ports.storage.duties, self.schedule(), report=self.ports.report
        )

    def verify(self, *, grace: timedelta = verifying.GRACE) -> tuple[Difference, ...]:
        """Every difference between the shop's records, and between them and the gateway's."""
        return verifying.verify(
            checks=self.ports.storage.checks,
            gateway=self.ports.gateway,
            challenge=self.ports.terms.challenge,
            grace=grace,
        )

    def consumers(self) -> Mapping[str, relay.Consumer]:
        """Who is told of events, by the names that `reactions` has for them."""
        p = self.ports
        return {
            "mail": partial(
                mailing.send_mail,
                **self._creating,
                mailer=p.mailer,
                printer=p.printer,
                public_url=p.public_url,
                shop_name=p.terms.seller.name,
            ),
            "payments": partial(relay.settle_after, **self._settling),
            "refunds": partial(relay.refund_after, **self._settling),
            "pages": partial(relay.tell_publisher, edited=p.edited),
            "sessions": partial(relay.forget_sessions, sessions=p.sessions),
        }

    def schedule(self) -> tuple[Duty, ...]:
        """What is done by the clock."""
        return (*self._money(), *self._housekeeping())

    def _money(self) -> tuple[Duty, ...]:
        checks, report = self.ports.storage.checks, self.ports.report
        settle = partial(scheduling.settle_pending, checks=checks, report=report, **self._settling)
        expire = partial(
            scheduling.expire_challenges, checks=checks, report=report, **self._settling
        )
        write = partial(
            scheduling.write_missing_papers,
            checks=checks,
            report=report,
            **self._timed,
            terms=self.ports.terms,
        )
        return (
            Duty("settle", timedelta(seconds=30), timedelta(minutes=2), settle),
            Duty("challenges", timedelta(seconds=30), timedelta(minutes=2), expire),
            Duty("papers", timedelta(hours=1), timedelta(minutes=10), write),
        )

    def _housekeeping(self) -> tuple[Duty, ...]:
        p = self.ports
        tidy = partial(scheduling.tidy, deliveries=p.storage.deliveries, report=p.report)
        forget = partial(checking_out.forget_checkouts, **self._timed)
        reconcile = partial(
            scheduling.reconcile,
            checks=p.storage.checks,
            gateway=p.gateway,
            challenge=p.terms.challenge,
            report=p.report,
        )
        return (
            Duty("tidy", timedelta(hours=1), timedelta(minutes=10), tidy),
            Duty("checkouts", timedelta(hours=1), timedelta(minutes=10), forget),
            Duty("reconcile", timedelta(days=1), timedelta(minutes=10), reconcile),
        )
