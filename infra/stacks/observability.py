"""Who is told what: a topic, an alarm per thing that can go wrong, one dashboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from aws_cdk import Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_elasticloadbalancingv2 as elb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from config import Site
from stacks.app import AppStack
from stacks.data import DataStack
from stacks.metrics import (
    DEAD_LETTERS,
    DECLINED,
    GATEWAY_AWAY,
    ORDERS,
    OUTBOX_LAG,
    OUTBOX_PENDING,
    metric,
)

_GIB: Final = 1024**3
_BREACHING: Final = cloudwatch.TreatMissingData.BREACHING
_MISSING_IS_FINE: Final = cloudwatch.TreatMissingData.NOT_BREACHING
_BELOW: Final = cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
_ABOVE: Final = cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One alarm; its name is its heading in docs/operations.md."""

    name: str
    metric: cloudwatch.IMetric
    threshold: float
    minutes: int = 5
    comparison: cloudwatch.ComparisonOperator = _ABOVE
    missing: cloudwatch.TreatMissingData = _MISSING_IS_FINE


class ObservabilityStack(Stack):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        site: Site,
        data: DataStack,
        service: AppStack,
        **options: Any,
    ) -> None:
        super().__init__(scope, id_, **options)
        self._data, self._service = data, service
        self._action = actions.SnsAction(self._topic(site.alarm_mail))
        watched = (*self._of_service(site), *self._of_data(site), *_of_business())
        alarms = [self._alarm(each) for each in watched]
        self._page_for_errors()
        self._dashboard(alarms)

    def _topic(self, mail: str) -> sns.Topic:
        key = kms.Key(self, "TopicKey", enable_key_rotation=True)
        key.grant(
            iam.ServicePrincipal("cloudwatch.amazonaws.com"), "kms:Decrypt", "kms:GenerateDataKey*"
        )
        topic = sns.Topic(self, "Alarms", master_key=key, enforce_ssl=True)
        topic.add_subscription(subscriptions.EmailSubscription(mail))
        # A policy of our own replaces the default one that lets alarms of this account in.
        topic.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["sns:Publish"],
                resources=[topic.topic_arn],
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                conditions={"StringEquals": {"aws:SourceAccount": self.account}},
            )
        )
        return topic

    def _alarm(self, watched: Watched) -> cloudwatch.Alarm:
        alarm = cloudwatch.Alarm(
            self,
            watched.name,
            alarm_name=f"watchstore-{watched.name}",
            metric=watched.metric,
            threshold=watched.threshold,
            comparison_operator=watched.comparison,
            evaluation_periods=watched.minutes,
            treat_missing_data=watched.missing,
        )
        alarm.add_alarm_action(self._action)
        alarm.add_ok_action(self._action)
        return alarm

    def _page_for_errors(self) -> None:
        """The alarm that rolls deployments back belongs to the app stack; it pages from here."""
        cloudwatch.CompositeAlarm(
            self,
            "api-errors",
            composite_alarm_name="watchstore-api-errors-page",
            alarm_rule=cloudwatch.AlarmRule.from_alarm(
                self._service.errors_alarm, cloudwatch.AlarmState.ALARM
            ),
        ).add_alarm_action(self._action)

    def _of_service(self, site: Site) -> tuple[Watched, ...]:
        targets = self._service.targets.metrics
        return (
            Watched(
                name="api-slow",
                metric=targets.target_response_time(statistic="p99", period=Duration.minutes(1)),
                threshold=1,
            ),
            Watched(
                name="api-unhealthy",
                metric=targets.unhealthy_host_count(period=Duration.minutes(1)),
                threshold=0,
                minutes=3,
            ),
            Watched(
                name="api-too-few",
                metric=targets.healthy_host_count(period=Duration.minutes(1), statistic="Minimum"),
                threshold=site.preset.api.least,
                comparison=_BELOW,
                missing=_BREACHING,
            ),
            Watched(
                name="balancer-errors",
                metric=self._service.balancer.metrics.http_code_elb(
                    elb.HttpCodeElb.ELB_5XX_COUNT, period=Duration.minutes(1)
                ),
                threshold=10,
                minutes=3,
            ),
        )

    def _of_data(self, site: Site) -> tuple[Watched, ...]:
        database = self._data.database
        minute = Duration.minutes(1)
        return (
            Watched(
                name="database-busy",
                metric=database.metric_cpu_utilization(period=minute),
                threshold=80,
                minutes=10,
            ),
            Watched(
                name="database-full",
                metric=database.metric_free_storage_space(period=minute),
                threshold=site.preset.database.storage * _GIB // 10,
                comparison=_BELOW,
            ),
            Watched(
                name="database-connections",
                metric=database.metric_database_connections(period=minute),
                threshold=site.preset.database.connections,
            ),
            Watched(
                name="cache-full",
                metric=self._cache("DatabaseMemoryUsagePercentage"),
                threshold=85,
            ),
            Watched(name="cache-busy", metric=self._cache("EngineCPUUtilization"), threshold=80),
        )

    def _cache(self, name: str) -> cloudwatch.Metric:
        return cloudwatch.Metric(
            namespace="AWS/ElastiCache",
            metric_name=name,
            statistic="Maximum",
            period=Duration.minutes(1),
            dimensions_map={"ReplicationGroupId": self._data.cache.ref},
        )

    def _dashboard(self, alarms: list[cloudwatch.Alarm]) -> None:
        targets = self._service.targets.metrics
        errors = targets.http_code_target(elb.HttpCodeTarget.TARGET_5XX_COUNT)
        times = [targets.target_response_time(statistic=each) for each in ("p50", "p95", "p99")]
        lag = [metric(OUTBOX_LAG, "Maximum"), metric(OUTBOX_PENDING, "Maximum")]
        dashboard = cloudwatch.Dashboard(self, "Dashboard", dashboard_name="watchstore")
        dashboard.add_widgets(cloudwatch.AlarmStatusWidget(alarms=alarms, width=24))
        dashboard.add_widgets(
            _graph("Requests", [targets.request_count()]),
            _graph("Errors", [errors]),
            _graph("Duration", times),
        )
        dashboard.add_widgets(
            _graph("Orders a minute", [metric(ORDERS)]),
            _graph("Payments that failed", [metric(DECLINED), metric(GATEWAY_AWAY)]),
            _graph("Outbox", lag),
        )
        dashboard.add_widgets(
            _graph("API CPU", [self._service.api.metric_cpu_utilization()]),
            _graph("Database CPU", [self._data.database.metric_cpu_utilization()]),
            _graph("Cache memory", [self._cache("DatabaseMemoryUsagePercentage")]),
        )


def _of_business() -> tuple[Watched, ...]:
    return (
        Watched(name="payments-declined", metric=metric(DECLINED), threshold=20),
        Watched(name="orders-failing", metric=metric(GATEWAY_AWAY), threshold=3),
        Watched(name="outbox-late", metric=metric(OUTBOX_LAG, "Maximum"), threshold=120),
        Watched(
            name="worker-silent",
            metric=metric(OUTBOX_PENDING, "SampleCount"),
            threshold=1,
            comparison=_BELOW,
            missing=_BREACHING,
        ),
        Watched(
            name="dead-letters", metric=metric(DEAD_LETTERS, "Maximum"), threshold=0, minutes=1
        ),
    )


def _graph(title: str, metrics: Sequence[cloudwatch.IMetric]) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(title=title, left=[*metrics], width=8)
