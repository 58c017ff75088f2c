"""VPC, subnets and every security group with every rule between them.

All rules live here: a rule that another stack adds would make the stacks depend on each other.
"""

from typing import Any, Final

from aws_cdk import Stack
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from config import Site
from stacks.acknowledging import accept

APP_PORT: Final = 8000
DATABASE_PORT: Final = 5432
CACHE_PORT: Final = 6379
_SMTP_PORT: Final = 587


class NetworkStack(Stack):
    def __init__(self, scope: Construct, id_: str, *, site: Site, **options: Any) -> None:
        super().__init__(scope, id_, **options)
        self._behind_nat = site.tasks_behind_nat
        self.vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr("10.20.0.0/16"),
            max_azs=site.preset.zones,
            nat_gateways=site.preset.zones if site.tasks_behind_nat else 0,
            subnet_configuration=_subnets(behind_nat=site.tasks_behind_nat),
            flow_logs={"All": ec2.FlowLogOptions(traffic_type=ec2.FlowLogTrafficType.ALL)},
        )
        self.vpc.add_gateway_endpoint("S3", service=ec2.GatewayVpcEndpointAwsService.S3)
        self.balancer = self._group("Balancer", "The load balancer")
        self.app = self._group("App", "API, worker, migrations and publishing")
        self.database = self._group("Database", "PostgreSQL")
        self.cache = self._group("Cache", "Valkey")
        self.rotation = self._group("Rotation", "Changes the password of the database")
        self.secrets = self._group("Secrets", "Private way to Secrets Manager")
        self._admit()
        self._secrets_endpoint()

    @property
    def task_subnets(self) -> ec2.SubnetSelection:
        return ec2.SubnetSelection(subnet_group_name="app" if self._behind_nat else "public")

    def _group(self, name: str, description: str) -> ec2.SecurityGroup:
        return ec2.SecurityGroup(
            self, name, vpc=self.vpc, description=description, allow_all_outbound=False
        )

    def _admit(self) -> None:
        cloudfront = ec2.PrefixList.from_lookup(
            self, "CloudFront", prefix_list_name="com.amazonaws.global.cloudfront.origin-facing"
        )
        self.balancer.add_ingress_rule(
            ec2.Peer.prefix_list(cloudfront.prefix_list_id), ec2.Port.tcp(443), "CloudFront alone"
        )
        _path(self.balancer, self.app, APP_PORT, "Requests")
        for client in (self.app, self.rotation):
            _path(client, self.database, DATABASE_PORT, "PostgreSQL")
            _path(client, self.secrets, 443, "Secrets Manager")
        _path(self.app, self.cache, CACHE_PORT, "Valkey over TLS")
        for port, purpose in ((443, "AWS and the payment gateway"), (_SMTP_PORT, "Mail")):
            self.app.add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(port), purpose)

    def _secrets_endpoint(self) -> None:
        """Subnets without a route out still have to reach Secrets Manager to rotate."""
        self.vpc.add_interface_endpoint(
            "SecretsEndpoint",
            service=ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
            subnets=ec2.SubnetSelection(subnet_group_name="data"),
            security_groups=[self.secrets],
            open=False,
        )
        accept(
            self.app,
            "EC23",
            "Only egress is open; ingress admits the load balancer's group alone.",
        )


def _subnets(*, behind_nat: bool) -> list[ec2.SubnetConfiguration]:
    """Public for the balancer (and tasks), data without any route out, app behind NAT if asked."""
    public = ec2.SubnetConfiguration(
        name="public",
        subnet_type=ec2.SubnetType.PUBLIC,
        cidr_mask=20,
        map_public_ip_on_launch=False,
    )
    data = ec2.SubnetConfiguration(
        name="data", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, cidr_mask=24
    )
    app = ec2.SubnetConfiguration(
        name="app", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=20
    )
    return [public, app, data] if behind_nat else [public, data]


def _path(source: ec2.SecurityGroup, target: ec2.SecurityGroup, port: int, purpose: str) -> None:
    """Open one port from one group to another, seen from both ends."""
    target.add_ingress_rule(source, ec2.Port.tcp(port), purpose)
    source.add_egress_rule(target, ec2.Port.tcp(port), purpose)
