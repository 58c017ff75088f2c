"""The load balancer: HTTPS, CloudFront alone, and only with the secret header."""

from typing import Final

from aws_cdk import Duration, RemovalPolicy, SecretValue, Stack
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticloadbalancingv2 as elb
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_route53_targets as targets
from aws_cdk import aws_s3 as s3
from constructs import Construct

from config import Site
from stacks.acknowledging import accept
from stacks.data import ORIGIN_SECRET
from stacks.network import APP_PORT, NetworkStack

ORIGIN_HEADER: Final = "X-Origin-Secret"
READY: Final = "/api/v1/health/ready"


class Balancer(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        site: Site,
        zone: route53.IHostedZone,
        network: NetworkStack,
    ) -> None:
        super().__init__(scope, id_)
        self._network = network
        self.balancer = self._balancer()
        self.group = self._target_group()
        certificate = acm.Certificate(
            self,
            "Certificate",
            domain_name=site.origin,
            validation=acm.CertificateValidation.from_dns(zone),
        )
        self._listen(certificate)
        route53.ARecord(
            self,
            "Name",
            zone=zone,
            record_name=site.origin,
            target=route53.RecordTarget.from_alias(targets.LoadBalancerTarget(self.balancer)),
        )

    def _balancer(self) -> elb.ApplicationLoadBalancer:
        group = ec2.SecurityGroup.from_security_group_id(
            self, "Group", self._network.balancer.security_group_id, mutable=False
        )
        balancer = elb.ApplicationLoadBalancer(
            self,
            "Balancer",
            vpc=self._network.vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_group_name="public"),
            security_group=group,
            internet_facing=True,
            deletion_protection=True,
            drop_invalid_header_fields=True,
            desync_mitigation_mode=elb.DesyncMitigationMode.STRICTEST,
            idle_timeout=Duration.seconds(60),
        )
        balancer.log_access_logs(self._log_bucket(), "balancer")
        return balancer

    def _log_bucket(self) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            "Logs",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            removal_policy=RemovalPolicy.RETAIN,
            lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(90))],
        )
        accept(bucket, "S1", "This is the log bucket; logging it to itself loops.")
        return bucket

    def _target_group(self) -> elb.ApplicationTargetGroup:
        return elb.ApplicationTargetGroup(
            self,
            "Api",
            vpc=self._network.vpc,
            port=APP_PORT,
            protocol=elb.ApplicationProtocol.HTTP,
            target_type=elb.TargetType.IP,
            deregistration_delay=Duration.seconds(30),
            load_balancing_algorithm_type=(
                elb.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS
            ),
            health_check=elb.HealthCheck(
                path=READY,
                healthy_http_codes="200",
                interval=Duration.seconds(10),
                timeout=Duration.seconds(5),
                healthy_threshold_count=2,
                unhealthy_threshold_count=3,
            ),
        )

    def _listen(self, certificate: acm.ICertificate) -> None:
        """403 for everyone; on to the shop for who knows the header."""
        listener = self.balancer.add_listener(
            "Https",
            port=443,
            protocol=elb.ApplicationProtocol.HTTPS,
            certificates=[certificate],
            ssl_policy=elb.SslPolicy.TLS13_RES,
            open=False,
            default_action=elb.ListenerAction.fixed_response(
                403, content_type="text/plain", message_body="Forbidden"
            ),
        )
        secret = SecretValue.secrets_manager(ORIGIN_SECRET).unsafe_unwrap()
        listener.add_action(
            "FromCloudFront",
            priority=10,
            conditions=[elb.ListenerCondition.http_header(ORIGIN_HEADER, [secret])],
            action=elb.ListenerAction.forward([self.group]),
        )


def hosted_zone(stack: Stack, site: Site) -> route53.IHostedZone:
    return route53.HostedZone.from_hosted_zone_attributes(
        stack, "Zone", hosted_zone_id=site.zone_id, zone_name=site.domain
    )
