"""One fault each, put into a synthesized template; the promise named beside it has to notice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from templates import Templates

Change = Callable[[Templates], None]


@dataclass(frozen=True, slots=True)
class Mutant:
    fault: str
    breaks: str
    stack: str
    change: Change


def put(kind: str, path: str, value: Any, like: str = "") -> Callable[[str], Change]:
    """Write a value at a dotted path of every such resource; a number is a place in a list."""

    def for_stack(stack: str) -> Change:
        def change(templates: Templates) -> None:
            found = list(templates.find(stack, kind, like=like))
            assert found, (stack, kind, like)
            for _, resource in found:
                place, last = _walk(resource, path)
                place[last] = value

        return change

    return for_stack


def drop(kind: str, path: str, like: str = "") -> Callable[[str], Change]:
    """Remove what is at a dotted path of every such resource."""

    def for_stack(stack: str) -> Change:
        def change(templates: Templates) -> None:
            found = list(templates.find(stack, kind, like=like))
            assert found, (stack, kind, like)
            for _, resource in found:
                place, last = _walk(resource, path)
                del place[last]

        return change

    return for_stack


def without(kind: str, like: str = "") -> Callable[[str], Change]:
    """Remove such resources altogether."""

    def for_stack(stack: str) -> Change:
        def change(templates: Templates) -> None:
            names = [name for name, _ in templates.find(stack, kind, like=like)]
            assert names, (stack, kind, like)
            for name in names:
                del templates.json[stack]["Resources"][name]

        return change

    return for_stack


def extra(name: str, kind: str, properties: dict[str, Any]) -> Callable[[str], Change]:
    """Add a resource."""

    def for_stack(stack: str) -> Change:
        def change(templates: Templates) -> None:
            resource = {"Type": f"AWS::{kind}", "Properties": properties}
            templates.json[stack]["Resources"][name] = resource

        return change

    return for_stack


def _walk(resource: dict[str, Any], path: str) -> tuple[Any, Any]:
    place: Any = resource
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    for step in steps:
        place = place[step]
    return place, last


def mutant(fault: str, breaks: str, stack: str, change: Callable[[str], Change]) -> Mutant:
    return Mutant(fault, breaks, stack, change(stack))


_OPEN = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "CidrIp": "0.0.0.0/0"}
_SERVICE = "ECS::Service"
_DB = "RDS::DBInstance"
_CACHE = "ElastiCache::ReplicationGroup"
_TASK = "ECS::TaskDefinition"
_CONTAINER = "Properties/ContainerDefinitions/0"
_DEPLOYMENT = "Properties/DeploymentConfiguration"
_CDN = "CloudFront::Distribution"
_CONFIG = "Properties/DistributionConfig"
_TRUST = "Properties/AssumeRolePolicyDocument/Statement/0/Condition"
_SUBJECT = "token.actions.githubusercontent.com:sub"


def _group(like: str, port: int) -> dict[str, Any]:
    return {
        "IpProtocol": "tcp",
        "FromPort": port,
        "ToPort": port,
        "GroupId": {"Fn::GetAtt": [like, "GroupId"]},
        "SourceSecurityGroupId": {"Fn::GetAtt": ["Balancer0", "GroupId"]},
    }


NETWORK = (
    mutant(
        "database open to the world",
        "no_stack_opens_a_group_to_an_address",
        "network",
        put("EC2::SecurityGroup", "Properties/SecurityGroupIngress", [_OPEN], like="Database"),
    ),
    mutant(
        "database open to a range",
        "database_admits_app_and_rotation_alone",
        "network",
        put("EC2::SecurityGroup", "Properties/SecurityGroupIngress", [_OPEN], like="Database"),
    ),
    mutant(
        "balancer may reach the database",
        "database_admits_app_and_rotation_alone",
        "network",
        extra("Hole", "EC2::SecurityGroupIngress", _group("Database0", 5432)),
    ),
    mutant(
        "balancer may reach the cache",
        "cache_admits_app_alone",
        "network",
        extra("Hole", "EC2::SecurityGroupIngress", _group("Cache0", 6379)),
    ),
    mutant(
        "tasks open on every port",
        "app_admits_balancer_alone",
        "network",
        put("EC2::SecurityGroupIngress", "Properties/FromPort", 0, like="App"),
    ),
    mutant(
        "balancer open past CloudFront",
        "balancer_admits_cloudfront_alone",
        "network",
        put("EC2::SecurityGroup", "Properties/SecurityGroupIngress", [_OPEN], like="Balancer"),
    ),
    mutant(
        "database may call out",
        "data_groups_send_nothing",
        "network",
        put("EC2::SecurityGroup", "Properties/SecurityGroupEgress", [_OPEN], like="Database"),
    ),
    mutant(
        "data subnets get a route out",
        "data_subnets_have_no_route_out",
        "network",
        extra(
            "Leak",
            "EC2::Route",
            {
                "RouteTableId": {"Ref": "VpcdataSubnet1RouteTable0"},
                "DestinationCidrBlock": "0.0.0.0/0",
                "GatewayId": {"Ref": "VpcIGW"},
            },
        ),
    ),
    mutant("no flow log", "traffic_is_recorded", "network", without("EC2::FlowLog")),
)

DATA = (
    mutant(
        "public database",
        "database_is_private",
        "data",
        put(_DB, "Properties/PubliclyAccessible", value=True),
    ),
    mutant(
        "database in public subnets",
        "database_is_private",
        "data",
        put(
            "RDS::DBSubnetGroup",
            "Properties/SubnetIds",
            [{"Fn::ImportValue": f"network:VpcpublicSubnet{n}"} for n in (1, 2)],
        ),
    ),
    mutant("no standby", "database_has_a_standby", "data", put(_DB, "Properties/MultiAZ", False)),
    mutant(
        "plain storage",
        "database_is_encrypted",
        "data",
        put(_DB, "Properties/StorageEncrypted", False),
    ),
    mutant(
        "database takes plain connections",
        "database_takes_tls_alone",
        "data",
        put("RDS::DBParameterGroup", "Properties/Parameters/rds.force_ssl", "0"),
    ),
    mutant(
        "shop connects without TLS",
        "database_takes_tls_alone",
        "app",
        put(_TASK, f"{_CONTAINER}/Environment/4/Value", "postgresql://watchstore@db/watchstore"),
    ),
    mutant(
        "no backup",
        "database_can_be_restored_to_any_second",
        "data",
        put(_DB, "Properties/BackupRetentionPeriod", 0),
    ),
    mutant(
        "backups die with the database",
        "database_can_be_restored_to_any_second",
        "data",
        put(_DB, "Properties/DeleteAutomatedBackups", True),
    ),
    mutant(
        "nothing copied to the vault",
        "database_is_copied_to_a_vault_daily",
        "data",
        put("Backup::BackupSelection", "Properties/BackupSelection/Resources", []),
    ),
    mutant(
        "vault goes with the stack",
        "database_is_copied_to_a_vault_daily",
        "data",
        put("Backup::BackupVault", "DeletionPolicy", "Delete"),
    ),
    mutant(
        "no deletion protection",
        "database_is_hard_to_delete",
        "data",
        put(_DB, "Properties/DeletionProtection", False),
    ),
    mutant(
        "no last snapshot",
        "database_is_hard_to_delete",
        "data",
        put(_DB, "DeletionPolicy", "Delete"),
    ),
    mutant(
        "password in the template",
        "database_password_is_generated_and_rotates",
        "data",
        put(_DB, "Properties/MasterUserPassword", "correct horse"),
    ),
    mutant(
        "password rotates once a year",
        "database_password_is_generated_and_rotates",
        "data",
        put(
            "SecretsManager::RotationSchedule",
            "Properties/RotationRules/ScheduleExpression",
            "rate(365 days)",
        ),
    ),
    mutant(
        "rotation leaves old tasks running",
        "rotation_starts_new_tasks",
        "app",
        put("Events::Rule", "Properties/State", "DISABLED"),
    ),
    mutant(
        "cache without TLS",
        "cache_takes_tls_alone",
        "data",
        put(_CACHE, "Properties/TransitEncryptionEnabled", False),
    ),
    mutant(
        "cache TLS optional",
        "cache_takes_tls_alone",
        "data",
        put(_CACHE, "Properties/TransitEncryptionMode", "preferred"),
    ),
    mutant(
        "cache without a token",
        "cache_asks_for_a_token",
        "data",
        drop(_CACHE, "Properties/AuthToken"),
    ),
    mutant(
        "cache in plain storage",
        "cache_is_encrypted",
        "data",
        put(_CACHE, "Properties/AtRestEncryptionEnabled", False),
    ),
    mutant(
        "cache without replica",
        "cache_replica_takes_over",
        "data",
        put(_CACHE, "Properties/ReplicasPerNodeGroup", 0),
    ),
    mutant(
        "cache without failover",
        "cache_replica_takes_over",
        "data",
        put(_CACHE, "Properties/AutomaticFailoverEnabled", False),
    ),
    mutant(
        "cache without snapshots",
        "cache_is_saved",
        "data",
        put(_CACHE, "Properties/SnapshotRetentionLimit", 0),
    ),
)

APP = (
    mutant(
        "worker starts the API",
        "one_image_starts_four_ways",
        "app",
        put(_TASK, f"{_CONTAINER}/Command", ["gunicorn"], like="worker"),
    ),
    mutant(
        "another image for one task",
        "one_image_starts_four_ways",
        "app",
        put(_TASK, f"{_CONTAINER}/Image", "python:latest", like="migrate"),
    ),
    mutant(
        "0 replicas",
        "services_run_more_than_one_task",
        "app",
        put(_SERVICE, "Properties/DesiredCount", 0, like="api"),
    ),
    mutant(
        "scales in to one task",
        "services_run_more_than_one_task",
        "app",
        put("ApplicationAutoScaling::ScalableTarget", "Properties/MinCapacity", 1),
    ),
    mutant(
        "deployment stops half the tasks first",
        "deployments_never_take_tasks_away_first",
        "app",
        put(_SERVICE, f"{_DEPLOYMENT}/MinimumHealthyPercent", 50),
    ),
    mutant(
        "no circuit breaker",
        "failed_deployments_roll_back",
        "app",
        drop(_SERVICE, f"{_DEPLOYMENT}/DeploymentCircuitBreaker", like="api"),
    ),
    mutant(
        "circuit breaker without rollback",
        "failed_deployments_roll_back",
        "app",
        put(_SERVICE, f"{_DEPLOYMENT}/DeploymentCircuitBreaker/Rollback", False, like="worker"),
    ),
    mutant(
        "errors don't stop a deployment",
        "deployments_with_errors_roll_back",
        "app",
        put(_SERVICE, f"{_DEPLOYMENT}/Alarms/Enable", False),
    ),
    mutant(
        "the alarm that rolls back is gone",
        "deployments_with_errors_roll_back",
        "app",
        without("CloudWatch::Alarm", like="ApiErrors"),
    ),
    mutant(
        "tasks in another group",
        "tasks_have_the_app_group_alone",
        "app",
        put(
            _SERVICE,
            "Properties/NetworkConfiguration/AwsvpcConfiguration/SecurityGroups/0",
            {"Fn::ImportValue": "watchstore-network:GetAttBalancer"},
        ),
    ),
    mutant(
        "missing health check",
        "services_say_whether_they_are_well",
        "app",
        drop(_TASK, f"{_CONTAINER}/HealthCheck", like="api"),
    ),
    mutant(
        "worker without health check",
        "services_say_whether_they_are_well",
        "app",
        drop(_TASK, f"{_CONTAINER}/HealthCheck", like="worker"),
    ),
    mutant(
        "balancer asks for liveness",
        "balancer_asks_for_readiness",
        "app",
        put("ElasticLoadBalancingV2::TargetGroup", "Properties/HealthCheckPath", "/"),
    ),
    mutant(
        "balancer takes any answer for healthy",
        "balancer_asks_for_readiness",
        "app",
        put("ElasticLoadBalancingV2::TargetGroup", "Properties/Matcher/HttpCode", "200-499"),
    ),
    mutant(
        "writable container",
        "containers_cannot_change_themselves",
        "app",
        put(_TASK, f"{_CONTAINER}/ReadonlyRootFilesystem", False, like="api"),
    ),
    mutant(
        "container keeps its capabilities",
        "containers_cannot_change_themselves",
        "app",
        put(_TASK, f"{_CONTAINER}/LinuxParameters/Capabilities/Drop", []),
    ),
    mutant(
        "password in the environment",
        "secrets_come_from_the_secrets_manager",
        "app",
        put(
            _TASK,
            f"{_CONTAINER}/Environment/0",
            {"Name": "SMTP_URL", "Value": "smtp://shop:hunter2@mail:587"},
        ),
    ),
    mutant(
        "tasks without secrets",
        "secrets_come_from_the_secrets_manager",
        "app",
        drop(_TASK, f"{_CONTAINER}/Secrets", like="api"),
    ),
    mutant(
        "client addresses can be forged",
        "the_shop_trusts_two_proxies",
        "app",
        put(_TASK, f"{_CONTAINER}/Environment/6/Value", "5"),
    ),
    mutant("logs not kept", "logs_are_kept", "app", without("Logs::LogGroup", like="api")),
    mutant(
        "plain HTTP to the balancer",
        "balancer_speaks_https_alone",
        "app",
        put("ElasticLoadBalancingV2::Listener", "Properties/Protocol", "HTTP"),
    ),
    mutant(
        "old TLS at the balancer",
        "balancer_speaks_https_alone",
        "app",
        put(
            "ElasticLoadBalancingV2::Listener", "Properties/SslPolicy", "ELBSecurityPolicy-2016-08"
        ),
    ),
    mutant(
        "no origin secret at the balancer",
        "balancer_refuses_who_lacks_the_secret",
        "app",
        put(
            "ElasticLoadBalancingV2::ListenerRule",
            "Properties/Conditions",
            [{"Field": "path-pattern", "HttpHeaderConfig": {"HttpHeaderName": "X", "Values": []}}],
        ),
    ),
    mutant(
        "balancer forwards by default",
        "balancer_refuses_who_lacks_the_secret",
        "app",
        put(
            "ElasticLoadBalancingV2::Listener",
            "Properties/DefaultActions/0/FixedResponseConfig/StatusCode",
            "200",
        ),
    ),
    mutant(
        "balancer can be deleted",
        "balancer_is_hard_to_delete",
        "app",
        put(
            "ElasticLoadBalancingV2::LoadBalancer",
            "Properties/LoadBalancerAttributes",
            [{"Key": "deletion_protection.enabled", "Value": "false"}],
        ),
    ),
    mutant(
        "balancer keeps no log",
        "balancer_drops_bad_headers_and_logs",
        "app",
        put(
            "ElasticLoadBalancingV2::LoadBalancer",
            "Properties/LoadBalancerAttributes",
            [
                {"Key": "routing.http.drop_invalid_header_fields.enabled", "Value": "true"},
                {"Key": "access_logs.s3.enabled", "Value": "false"},
            ],
        ),
    ),
    mutant(
        "no scaling by CPU",
        "api_follows_the_cpu",
        "app",
        without("ApplicationAutoScaling::ScalingPolicy", like="Cpu"),
    ),
    mutant(
        "no scaling by requests",
        "api_follows_the_requests",
        "app",
        without("ApplicationAutoScaling::ScalingPolicy", like="Requests"),
    ),
    mutant(
        "no scaling by backlog",
        "worker_follows_the_backlog",
        "app",
        without("ApplicationAutoScaling::ScalingPolicy", like="Backlog"),
    ),
    mutant(
        "no step for spikes",
        "api_leaps_at_a_spike",
        "app",
        without("ApplicationAutoScaling::ScalingPolicy", like="Upper"),
    ),
    mutant(
        "no tasks ready for a drop",
        "api_stands_ready_for_a_drop",
        "app",
        drop("ApplicationAutoScaling::ScalableTarget", "Properties/ScheduledActions", like="api"),
    ),
    mutant(
        "publishing may delete",
        "publishing_cannot_delete",
        "app",
        put(
            "IAM::Policy",
            "Properties/PolicyDocument/Statement/0/Action",
            ["s3:DeleteObject"],
            like="publishTaskRole",
        ),
    ),
)

EDGE = (
    mutant(
        "public bucket",
        "buckets_are_private",
        "edge",
        drop("S3::Bucket", "Properties/PublicAccessBlockConfiguration", like="Pages"),
    ),
    mutant(
        "bucket policy for everybody",
        "buckets_are_private",
        "edge",
        put(
            "S3::BucketPolicy",
            "Properties/PolicyDocument/Statement/1/Principal",
            "*",
            like="Pages",
        ),
    ),
    mutant(
        "bucket without TLS",
        "buckets_take_tls_alone",
        "edge",
        drop("S3::BucketPolicy", "Properties/PolicyDocument/Statement/0", like="Releases"),
    ),
    mutant(
        "bucket goes with the stack",
        "buckets_are_encrypted_and_stay",
        "edge",
        put("S3::Bucket", "DeletionPolicy", "Delete", like="Pages"),
    ),
    mutant(
        "old pages are not kept",
        "bad_publications_can_be_undone",
        "edge",
        drop("S3::Bucket", "Properties/VersioningConfiguration", like="Pages"),
    ),
    mutant(
        "old assets expire",
        "bad_publications_can_be_undone",
        "edge",
        put(
            "S3::Bucket",
            "Properties/LifecycleConfiguration/Rules/0/ExpirationInDays",
            30,
            like="Pages",
        ),
    ),
    mutant(
        "pages read without a signature",
        "pages_are_read_by_cloudfront_alone",
        "edge",
        put(
            "CloudFront::OriginAccessControl",
            "Properties/OriginAccessControlConfig/SigningBehavior",
            "never",
        ),
    ),
    mutant(
        "any distribution may read the pages",
        "pages_are_read_by_cloudfront_alone",
        "edge",
        put(
            "S3::BucketPolicy",
            "Properties/PolicyDocument/Statement/1/Condition/StringEquals/AWS:SourceArn",
            "*",
            like="Pages",
        ),
    ),
    mutant(
        "pages over plain HTTP",
        "browsers_use_https_alone",
        "edge",
        put(_CDN, f"{_CONFIG}/DefaultCacheBehavior/ViewerProtocolPolicy", "allow-all"),
    ),
    mutant(
        "old TLS for browsers",
        "browsers_use_https_alone",
        "edge",
        put(_CDN, f"{_CONFIG}/ViewerCertificate/MinimumProtocolVersion", "TLSv1"),
    ),
    mutant(
        "no origin secret from CloudFront",
        "cloudfront_reaches_the_balancer_with_tls_and_secret",
        "edge",
        put(_CDN, f"{_CONFIG}/Origins/1/OriginCustomHeaders", []),
    ),
    mutant(
        "plain HTTP to the origin",
        "cloudfront_reaches_the_balancer_with_tls_and_secret",
        "edge",
        put(_CDN, f"{_CONFIG}/Origins/1/CustomOriginConfig/OriginProtocolPolicy", "http-only"),
    ),
    mutant(
        "API answers shared",
        "personal_answers_are_never_shared",
        "edge",
        put(_CDN, f"{_CONFIG}/CacheBehaviors/3/CachePolicyId", {"Ref": "CatalogueCache0"}),
    ),
    mutant(
        "what says no-store is kept",
        "personal_answers_are_never_shared",
        "edge",
        put("CloudFront::CachePolicy", "Properties/CachePolicyConfig/MinTTL", 60),
    ),
    mutant(
        "API errors replaced by a page",
        "errors_of_the_api_arrive_as_they_are",
        "edge",
        put(
            _CDN,
            f"{_CONFIG}/CustomErrorResponses",
            [{"ErrorCode": 404, "ResponseCode": 404, "ResponsePagePath": "/404.html"}],
        ),
    ),
    mutant(
        "no security headers",
        "pages_carry_security_headers",
        "edge",
        drop(_CDN, f"{_CONFIG}/DefaultCacheBehavior/ResponseHeadersPolicyId"),
    ),
    mutant(
        "inline scripts allowed",
        "pages_carry_security_headers",
        "edge",
        put(
            "CloudFront::ResponseHeadersPolicy",
            "Properties/ResponseHeadersPolicyConfig/SecurityHeadersConfig/"
            "ContentSecurityPolicy/ContentSecurityPolicy",
            "default-src 'self' 'unsafe-inline'",
        ),
    ),
    mutant(
        "no WAF", "firewall_stands_before_everything", "edge", put(_CDN, f"{_CONFIG}/WebACLId", "")
    ),
    mutant(
        "WAF only counts",
        "firewall_stands_before_everything",
        "edge",
        put("WAFv2::WebACL", "Properties/Rules/1/OverrideAction", {"Count": {}}),
    ),
    mutant(
        "WAF without SQL injection rules",
        "firewall_stands_before_everything",
        "edge",
        drop("WAFv2::WebACL", "Properties/Rules/3"),
    ),
    mutant(
        "sign-ins unlimited",
        "sign_ins_are_limited",
        "edge",
        put("WAFv2::WebACL", "Properties/Rules/5/Statement/RateBasedStatement/Limit", 100000),
    ),
)

WATCHED = (
    mutant(
        "missing alarm",
        "everything_that_breaks_has_an_alarm",
        "observability",
        without("CloudWatch::Alarm", like="outboxlate"),
    ),
    mutant(
        "alarms tell nobody",
        "alarms_reach_somebody",
        "observability",
        put("CloudWatch::Alarm", "Properties/AlarmActions", []),
    ),
    mutant(
        "alarms may not publish",
        "alarms_reach_somebody",
        "observability",
        drop("SNS::TopicPolicy", "Properties/PolicyDocument/Statement/1"),
    ),
    mutant(
        "dead worker looks well",
        "silence_is_an_alarm_too",
        "observability",
        put("CloudWatch::Alarm", "Properties/TreatMissingData", "ignore", like="workersilent"),
    ),
    mutant(
        "orders not measured",
        "the_business_is_measured",
        "app",
        without("Logs::MetricFilter", like="FigureOrders"),
    ),
    mutant(
        "empty dashboard",
        "the_business_is_measured",
        "observability",
        put("CloudWatch::Dashboard", "Properties/DashboardBody", "{}"),
    ),
)

DELIVERY = (
    mutant(
        "a key for GitHub",
        "github_needs_no_key",
        "cicd",
        extra("Key", "IAM::AccessKey", {"UserName": "deploy"}),
    ),
    mutant(
        "wildcard OIDC subject",
        "each_role_belongs_to_one_environment",
        "cicd",
        put("IAM::Role", _TRUST, {"StringLike": {_SUBJECT: "repo:example/*"}}, like="backend"),
    ),
    mutant(
        "any branch may deploy",
        "each_role_belongs_to_one_environment",
        "cicd",
        put("IAM::Role", f"{_TRUST}/StringEquals/{_SUBJECT}", "repo:example/watchstore:*"),
    ),
    mutant(
        "OIDC without audience",
        "each_role_belongs_to_one_environment",
        "cicd",
        put(
            "IAM::Role",
            f"{_TRUST}/StringEquals/token.actions.githubusercontent.com:aud",
            "*",
        ),
    ),
    mutant(
        "pipeline may do everything",
        "pipelines_have_few_rights",
        "cicd",
        put("IAM::Policy", "Properties/PolicyDocument/Statement/0/Action", "*", like="frontend"),
    ),
    mutant(
        "frontend may delete old assets",
        "pipelines_have_few_rights",
        "cicd",
        put(
            "IAM::Policy",
            "Properties/PolicyDocument/Statement/0/Action",
            ["s3:PutObject", "s3:DeleteObject"],
            like="frontend",
        ),
    ),
    mutant(
        "tags can be moved",
        "images_never_change",
        "cicd",
        put("ECR::Repository", "Properties/ImageTagMutability", "MUTABLE"),
    ),
)

MUTANTS = (*NETWORK, *DATA, *APP, *EDGE, *WATCHED, *DELIVERY)
