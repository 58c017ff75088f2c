"""Faults of the running shop."""

from mutating import drop, mutant, put, without

_SERVICE = "ECS::Service"
_TASK = "ECS::TaskDefinition"
_CONTAINER = "Properties/ContainerDefinitions/0"
_DEPLOYMENT = "Properties/DeploymentConfiguration"

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
        "Stripe's public key alone",
        "whoever_takes_payments_has_all_of_stripes_keys",
        "app",
        put(
            _TASK,
            f"{_CONTAINER}/Environment/0",
            {"Name": "STRIPE_PUBLISHABLE_KEY", "Value": "pk_live_example"},
        ),
    ),
    mutant(
        "client addresses can be forged",
        "the_shop_trusts_two_proxies",
        "app",
        put(_TASK, f"{_CONTAINER}/Environment/6/Value", "5"),
    ),
    mutant(
        "invoices of somebody else",
        "invoices_name_the_seller_of_the_site",
        "app",
        put(_TASK, f"{_CONTAINER}/Environment/8/Name", "SELLER"),
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
        "publishing may delete assets",
        "publishing_deletes_pages_alone",
        "app",
        put(
            "IAM::Policy",
            "Properties/PolicyDocument/Statement/0/Action",
            ["s3:DeleteObject"],
            like="publishTaskRole",
        ),
    ),
    mutant(
        "the worker publishes nowhere",
        "whoever_publishes_knows_the_buckets",
        "app",
        put(_TASK, f"{_CONTAINER}/Environment", [], like="worker"),
    ),
)
