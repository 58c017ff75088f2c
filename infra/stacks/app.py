"""The shop itself: cluster, balancer, the API and worker services, the one-off tasks."""

from typing import Any, Final

from aws_cdk import Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb
from aws_cdk import aws_ssm as ssm
from constructs import Construct

from config import Site
from stacks import metrics, scaling
from stacks.balancer import Balancer, hosted_zone
from stacks.capacity import add_machines
from stacks.data import DataStack
from stacks.network import APP_PORT, NetworkStack
from stacks.renewing import redeploy_after_rotation
from stacks.tasks import NETWORK_PARAMETER, TaskDefinitions

CLUSTER: Final = "watchstore"
ERRORS_ALARM: Final = "watchstore-api-errors"


class AppStack(Stack):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        site: Site,
        network: NetworkStack,
        data: DataStack,
        **options: Any,
    ) -> None:
        super().__init__(scope, id_, **options)
        self._site, self._network = site, network
        self.cluster = self._cluster()
        self._group = ec2.SecurityGroup.from_security_group_id(
            self, "TaskGroup", network.app.security_group_id, mutable=False
        )
        front = Balancer(self, "Front", site=site, zone=hosted_zone(self, site), network=network)
        self.balancer, self.targets = front.balancer, front.group
        self.tasks = TaskDefinitions(self, "Tasks", site=site, data=data)
        self._tell_network()
        metrics.collect(self, self.tasks.logs)
        self.errors_alarm = self._errors_alarm()
        self.api = self._service("api", site.preset.api.least, grace=Duration.seconds(60))
        self._serve()
        self.worker = self._service("worker", site.preset.worker.least)
        scaling.scale_api(self.api, site, self.targets)
        scaling.scale_worker(self, self.worker, site)
        redeploy_after_rotation(self, data.database_secret, [self.api, self.worker])

    def _cluster(self) -> ecs.Cluster:
        cluster = ecs.Cluster(
            self,
            "Cluster",
            cluster_name=CLUSTER,
            vpc=self._network.vpc,
            container_insights_v2=ecs.ContainerInsights.ENHANCED,
            enable_fargate_capacity_providers=True,
        )
        self._providers = (
            [add_machines(cluster, self._network)] if self._site.capacity == "ec2" else []
        )
        return cluster

    def _tell_network(self) -> None:
        """Where the pipelines start one-off tasks, as `aws ecs run-task` wants to hear it."""
        chosen = self._network.vpc.select_subnets(
            subnet_group_name=self._network.task_subnets.subnet_group_name
        )
        place = {
            "subnets": chosen.subnet_ids,
            "securityGroups": [self._network.app.security_group_id],
            "assignPublicIp": "DISABLED" if self._site.tasks_behind_nat else "ENABLED",
        }
        ssm.StringParameter(
            self,
            "TaskNetwork",
            parameter_name=NETWORK_PARAMETER,
            string_value=self.to_json_string({"awsvpcConfiguration": place}),
        )

    def _errors_alarm(self) -> cloudwatch.Alarm:
        """More than 2 % server errors: pages somebody, and rolls a deployment back."""
        codes = elb.HttpCodeTarget.TARGET_5XX_COUNT
        share = cloudwatch.MathExpression(
            expression="IF(requests > 20, 100 * errors / requests, 0)",
            using_metrics={
                "errors": self.targets.metrics.http_code_target(codes, statistic="Sum"),
                "requests": self.targets.metrics.request_count(statistic="Sum"),
            },
            period=Duration.minutes(1),
        )
        return cloudwatch.Alarm(
            self,
            "ApiErrors",
            alarm_name=ERRORS_ALARM,
            metric=share,
            threshold=2,
            evaluation_periods=3,
            datapoints_to_alarm=2,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )

    def _service(
        self, name: str, count: int, grace: Duration | None = None
    ) -> ecs.FargateService | ecs.Ec2Service:
        options: dict[str, Any] = {
            "service_name": name,
            "cluster": self.cluster,
            "task_definition": self.tasks.of[name],
            "desired_count": count,
            "min_healthy_percent": 100,
            "max_healthy_percent": 200,
            "circuit_breaker": ecs.DeploymentCircuitBreaker(enable=True, rollback=True),
            "deployment_alarms": ecs.DeploymentAlarmConfig(
                alarm_names=[ERRORS_ALARM], behavior=ecs.AlarmBehavior.ROLLBACK_ON_ALARM
            ),
            "vpc_subnets": self._network.task_subnets,
            "security_groups": [self._group],
            "health_check_grace_period": grace,
            "propagate_tags": ecs.PropagatedTagSource.SERVICE,
            "availability_zone_rebalancing": ecs.AvailabilityZoneRebalancing.ENABLED,
            "enable_execute_command": False,
        }
        service = self._placed(name, options)
        service.node.add_dependency(self.errors_alarm)
        return service

    def _placed(self, name: str, options: dict[str, Any]) -> ecs.FargateService | ecs.Ec2Service:
        if not self._providers:
            public = not self._site.tasks_behind_nat
            return ecs.FargateService(self, name, assign_public_ip=public, **options)
        strategies = [
            ecs.CapacityProviderStrategy(capacity_provider=provider, weight=1)
            for provider in self._providers
        ]
        return ecs.Ec2Service(
            self,
            name,
            capacity_provider_strategies=strategies,
            placement_strategies=[
                ecs.PlacementStrategy.spread_across(ecs.BuiltInAttributes.AVAILABILITY_ZONE)
            ],
            **options,
        )

    def _serve(self) -> None:
        self.targets.add_target(
            self.api.load_balancer_target(container_name="shop", container_port=APP_PORT)
        )
