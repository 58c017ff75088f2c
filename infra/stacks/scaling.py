"""When the number of tasks follows the load: tracking, a step for spikes, drops on a schedule."""

from typing import Final

from aws_cdk import Duration
from aws_cdk import aws_applicationautoscaling as scaling
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from config import Site, Tasks
from stacks.metrics import OUTBOX_PENDING, metric

_OUT: Final = Duration.seconds(60)
_IN: Final = Duration.seconds(300)
_BACKLOG_PER_TASK: Final = 50


def _range(service: ecs.BaseService, size: Tasks) -> ecs.ScalableTaskCount:
    return service.auto_scale_task_count(min_capacity=size.least, max_capacity=size.most)


def scale_api(service: ecs.BaseService, site: Site, group: elb.ApplicationTargetGroup) -> None:
    count = _range(service, site.preset.api)
    count.scale_on_cpu_utilization(
        "Cpu", target_utilization_percent=55, scale_out_cooldown=_OUT, scale_in_cooldown=_IN
    )
    count.scale_on_request_count(
        "Requests",
        requests_per_target=site.preset.requests_per_task,
        target_group=group,
        scale_out_cooldown=_OUT,
        scale_in_cooldown=_IN,
    )
    _leap(count, service)
    _foresee(count, site)


def _leap(count: ecs.ScalableTaskCount, service: ecs.BaseService) -> None:
    """Tracking needs about three minutes; a spike may not wait that long."""
    count.scale_on_metric(
        "Spike",
        metric=service.metric_cpu_utilization(period=Duration.minutes(1)),
        adjustment_type=scaling.AdjustmentType.PERCENT_CHANGE_IN_CAPACITY,
        min_adjustment_magnitude=2,
        cooldown=_OUT,
        evaluation_periods=1,
        scaling_steps=[
            scaling.ScalingInterval(upper=75, change=0),
            scaling.ScalingInterval(lower=75, upper=90, change=50),
            scaling.ScalingInterval(lower=90, change=100),
        ],
    )


def _foresee(count: ecs.ScalableTaskCount, site: Site) -> None:
    """Tasks stand ready before a drop is announced, and leave afterwards."""
    size = site.preset
    for name, when, least in (
        ("DropStarts", site.drop_starts, size.drop_tasks),
        ("DropEnds", site.drop_ends, size.api.least),
    ):
        count.scale_on_schedule(
            name,
            schedule=scaling.Schedule.expression(f"cron({when})"),
            min_capacity=least,
            max_capacity=size.api.most,
        )


def scale_worker(scope: Construct, service: ecs.BaseService, site: Site) -> None:
    """Undelivered events per running worker: a worker waits on mail and gateways, not on CPU."""
    target = scaling.ScalableTarget(
        scope,
        "WorkerCount",
        service_namespace=scaling.ServiceNamespace.ECS,
        scalable_dimension="ecs:service:DesiredCount",
        resource_id=f"service/{service.cluster.cluster_name}/{service.service_name}",
        min_capacity=site.preset.worker.least,
        max_capacity=site.preset.worker.most,
    )
    target.node.add_dependency(service)
    scaling.CfnScalingPolicy(
        scope,
        "WorkerBacklog",
        policy_name="outbox-backlog-per-worker",
        policy_type="TargetTrackingScaling",
        scaling_target_id=target.scalable_target_id,
        target_tracking_scaling_policy_configuration=_backlog(service),
    )


def _backlog(
    service: ecs.BaseService,
) -> scaling.CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty:
    policy = scaling.CfnScalingPolicy
    running = cloudwatch.Metric(
        namespace="ECS/ContainerInsights",
        metric_name="RunningTaskCount",
        dimensions_map={
            "ClusterName": service.cluster.cluster_name,
            "ServiceName": service.service_name,
        },
    )
    return policy.TargetTrackingScalingPolicyConfigurationProperty(
        target_value=_BACKLOG_PER_TASK,
        scale_out_cooldown=_OUT.to_seconds(),
        scale_in_cooldown=_IN.to_seconds(),
        customized_metric_specification=policy.CustomizedMetricSpecificationProperty(
            metrics=[
                _query("pending", metric(OUTBOX_PENDING), "Maximum"),
                _query("running", running, "Average"),
                policy.TargetTrackingMetricDataQueryProperty(
                    id="backlog", expression="pending / running", return_data=True
                ),
            ]
        ),
    )


def _query(
    name: str, source: cloudwatch.Metric, statistic: str
) -> scaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty:
    policy = scaling.CfnScalingPolicy
    dimensions = source.dimensions or {}
    return policy.TargetTrackingMetricDataQueryProperty(
        id=name,
        return_data=False,
        metric_stat=policy.TargetTrackingMetricStatProperty(
            stat=statistic,
            metric=policy.TargetTrackingMetricProperty(
                namespace=source.namespace,
                metric_name=source.metric_name,
                dimensions=[
                    policy.TargetTrackingMetricDimensionProperty(name=key, value=str(value))
                    for key, value in dimensions.items()
                ],
            ),
        ),
    )
