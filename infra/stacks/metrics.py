"""Figures of the business, read from the JSON lines that the shop logs anyway."""

from dataclasses import dataclass
from typing import Final

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_logs as logs
from constructs import Construct

NAMESPACE: Final = "Watchstore"


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric: which task's log, which lines, what to take from each."""

    name: str
    task: str
    pattern: str
    value: str = "1"
    unit: str = "Count"


_POST: Final = '$.event = "request" && $.method = "POST"'
_ORDERING: Final = '($.route = "*/orders" || $.route = "*/order")'

ORDERS: Final = Figure("Orders", "api", f"{{ {_POST} && $.status = 201 && {_ORDERING} }}")
DECLINED: Final = Figure("PaymentsDeclined", "api", '{ $.event = "request" && $.status = 402 }')
GATEWAY_AWAY: Final = Figure(
    "OrdersFailed", "api", f"{{ {_POST} && $.status >= 500 && {_ORDERING} }}"
)
DURATION: Final = Figure("Duration", "api", '{ $.event = "request" }', "$.ms", "Milliseconds")
OUTBOX_PENDING: Final = Figure("OutboxPending", "worker", '{ $.event = "outbox" }', "$.pending")
OUTBOX_LAG: Final = Figure(
    "OutboxLag", "worker", '{ $.event = "outbox" }', "$.oldest_seconds", "Seconds"
)
DEAD_LETTERS: Final = Figure("DeadLetters", "worker", '{ $.event = "outbox" }', "$.parked")
FIGURES: Final = (
    ORDERS,
    DECLINED,
    GATEWAY_AWAY,
    DURATION,
    OUTBOX_PENDING,
    OUTBOX_LAG,
    DEAD_LETTERS,
)


def collect(scope: Construct, groups: dict[str, logs.LogGroup]) -> None:
    """Make every figure out of its task's log group."""
    for figure in FIGURES:
        logs.MetricFilter(
            scope,
            f"Figure{figure.name}",
            log_group=groups[figure.task],
            filter_pattern=logs.FilterPattern.literal(figure.pattern),
            metric_namespace=NAMESPACE,
            metric_name=figure.name,
            metric_value=figure.value,
            unit=cloudwatch.Unit[figure.unit.upper()],
        )


def metric(figure: Figure, statistic: str = "Sum") -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace=NAMESPACE,
        metric_name=figure.name,
        statistic=statistic,
        period=Duration.minutes(1),
    )
