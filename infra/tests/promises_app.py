"""What we promise of the running shop: services, balancer, scaling."""

import json
import re
from typing import Any

from aws_cdk.assertions import Match

from promises import as_text, containers, environment, only, promise
from templates import Templates

_TELLING = re.compile(r'password|token|secret|resolve:|://[^/@"]*:[^/@"]*@', re.IGNORECASE)
COMMANDS = {
    "watchstore-api": ["gunicorn", "-c", "python:watchstore.entrypoints.gunicorn_conf"],
    "watchstore-worker": ["watchstore", "worker"],
    "watchstore-migrate": ["watchstore", "migrate"],
    "watchstore-publish": ["watchstore", "publish"],
}


@promise
def one_image_starts_four_ways(templates: Templates) -> None:
    found = containers(templates)
    assert {family: container["Command"] for family, container in found} == COMMANDS
    assert len({as_text(container["Image"]) for _, container in found}) == 1


@promise
def services_run_more_than_one_task(templates: Templates) -> None:
    for name, service in templates.find("app", "ECS::Service"):
        assert service["Properties"]["DesiredCount"] >= 2, name
    for name, target in templates.find("app", "ApplicationAutoScaling::ScalableTarget"):
        least, most = (target["Properties"][f"{end}Capacity"] for end in ("Min", "Max"))
        assert 2 <= least < most, name


@promise
def deployments_never_take_tasks_away_first(templates: Templates) -> None:
    templates.every(
        "app",
        "ECS::Service",
        DeploymentConfiguration=Match.object_like(
            {"MinimumHealthyPercent": 100, "MaximumPercent": 200}
        ),
    )


@promise
def failed_deployments_roll_back(templates: Templates) -> None:
    breaker = {"DeploymentCircuitBreaker": {"Enable": True, "Rollback": True}}
    templates.every("app", "ECS::Service", DeploymentConfiguration=Match.object_like(breaker))


@promise
def deployments_with_errors_roll_back(templates: Templates) -> None:
    alarms = {"Alarms": {"AlarmNames": ["watchstore-api-errors"], "Enable": True, "Rollback": True}}
    templates.every("app", "ECS::Service", DeploymentConfiguration=Match.object_like(alarms))
    templates.some("app", "CloudWatch::Alarm", AlarmName="watchstore-api-errors")


@promise
def tasks_have_the_app_group_alone(templates: Templates) -> None:
    for name, service in templates.find("app", "ECS::Service"):
        network = service["Properties"]["NetworkConfiguration"]["AwsvpcConfiguration"]
        group = only(network["SecurityGroups"])
        assert "GetAttApp" in group["Fn::ImportValue"], (name, group)


@promise
def services_say_whether_they_are_well(templates: Templates) -> None:
    asked = {"watchstore-api": ":8000/api/v1/health/live", "watchstore-worker": ":9000/metrics"}
    for family, container in containers(templates):
        if family in asked:
            check = container.get("HealthCheck", {})
            assert check.get("Command", [""])[0] == "CMD", family
            assert asked[family] in check["Command"][-1], family


@promise
def balancer_asks_for_readiness(templates: Templates) -> None:
    templates.every(
        "app",
        "ElasticLoadBalancingV2::TargetGroup",
        HealthCheckPath="/api/v1/health/ready",
        Matcher={"HttpCode": "200"},
    )


@promise
def containers_cannot_change_themselves(templates: Templates) -> None:
    for family, container in containers(templates):
        assert container.get("ReadonlyRootFilesystem") is True, family
        writable = [m["ContainerPath"] for m in container["MountPoints"] if not m["ReadOnly"]]
        assert writable == ["/tmp"], family
        assert container["LinuxParameters"]["Capabilities"]["Drop"] == ["ALL"], family
        assert not container.get("Privileged"), family


@promise
def secrets_come_from_the_secrets_manager(templates: Templates) -> None:
    for family, container in containers(templates):
        names = {secret["Name"] for secret in container.get("Secrets", [])}
        assert {"PGPASSWORD", "REDIS_URL", "SMTP_URL"} <= names, family
        plain = as_text(environment(container))
        assert not _TELLING.search(plain), family


@promise
def invoices_name_the_seller_of_the_site(templates: Templates) -> None:
    for family, container in containers(templates):
        settings = environment(container)
        assert {"SELLER_NAME", "SELLER_ADDRESS", "SELLER_TAX_ID"} <= set(settings), family


@promise
def whoever_takes_payments_has_all_of_stripes_keys(templates: Templates) -> None:
    for family, container in containers(templates):
        secret = {one["Name"] for one in container.get("Secrets", [])}
        keys = {name for name in secret | set(environment(container)) if "STRIPE" in name}
        assert len(keys) in (0, 3), family
        assert "STRIPE_SECRET_KEY" not in environment(container), family


@promise
def the_shop_trusts_two_proxies(templates: Templates) -> None:
    for family, container in containers(templates):
        settings = environment(container)
        assert settings["TRUSTED_PROXIES"] == "2", family
        assert settings["PUBLIC_URL"].startswith("https://"), family


@promise
def logs_are_kept(templates: Templates) -> None:
    names = [r["Properties"]["LogGroupName"] for _, r in templates.find("app", "Logs::LogGroup")]
    tasks = ("api", "worker", "migrate", "publish")
    assert sorted(names) == sorted(f"/watchstore/{task}" for task in tasks)
    templates.every("app", "Logs::LogGroup", RetentionInDays=90)
    for family, container in containers(templates):
        assert container["LogConfiguration"]["LogDriver"] == "awslogs", family


# Balancer


@promise
def balancer_speaks_https_alone(templates: Templates) -> None:
    templates.every(
        "app",
        "ElasticLoadBalancingV2::Listener",
        Port=443,
        Protocol="HTTPS",
        SslPolicy="ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    )


@promise
def balancer_refuses_who_lacks_the_secret(templates: Templates) -> None:
    listener = templates.one("app", "ElasticLoadBalancingV2::Listener")
    default = only(listener["DefaultActions"])
    assert default["FixedResponseConfig"]["StatusCode"] == "403", default
    for _, rule in templates.find("app", "ElasticLoadBalancingV2::ListenerRule"):
        condition = only(rule["Properties"]["Conditions"])
        header = condition["HttpHeaderConfig"]
        assert header["HttpHeaderName"] == "X-Origin-Secret"
        assert all("resolve:secretsmanager" in value for value in header["Values"]), header


def _attributes(templates: Templates) -> dict[str, str]:
    balancer = templates.one("app", "ElasticLoadBalancingV2::LoadBalancer")
    return {item["Key"]: item["Value"] for item in balancer["LoadBalancerAttributes"]}


@promise
def balancer_is_hard_to_delete(templates: Templates) -> None:
    assert _attributes(templates)["deletion_protection.enabled"] == "true"


@promise
def balancer_drops_bad_headers_and_logs(templates: Templates) -> None:
    attributes = _attributes(templates)
    assert attributes["routing.http.drop_invalid_header_fields.enabled"] == "true"
    assert attributes["access_logs.s3.enabled"] == "true"


# Scaling


def _policies(templates: Templates) -> list[dict[str, Any]]:
    found = templates.find("app", "ApplicationAutoScaling::ScalingPolicy")
    return [resource["Properties"] for _, resource in found]


def _tracking(templates: Templates, wanted: str) -> list[dict[str, Any]]:
    settings = [p.get("TargetTrackingScalingPolicyConfiguration", {}) for p in _policies(templates)]
    return [each for each in settings if wanted in as_text(each)]


@promise
def api_follows_the_cpu(templates: Templates) -> None:
    policy = only(_tracking(templates, "ECSServiceAverageCPUUtilization"))
    assert 40 <= policy["TargetValue"] <= 70


@promise
def api_follows_the_requests(templates: Templates) -> None:
    policy = only(_tracking(templates, "ALBRequestCountPerTarget"))
    assert policy["TargetValue"] >= 1000
    assert policy["ScaleOutCooldown"] < policy["ScaleInCooldown"]


@promise
def worker_follows_the_backlog(templates: Templates) -> None:
    policy = only(_tracking(templates, "OutboxPending"))
    metrics = policy["CustomizedMetricSpecification"]["Metrics"]
    assert [m["Expression"] for m in metrics if m["ReturnData"]] == ["pending / running"]


@promise
def api_leaps_at_a_spike(templates: Templates) -> None:
    steps = [p for p in _policies(templates) if p["PolicyType"] == "StepScaling"]
    assert steps, "no step scaling"
    changes = [
        s["ScalingAdjustment"]
        for s in steps[0]["StepScalingPolicyConfiguration"]["StepAdjustments"]
    ]
    assert max(changes) >= 50, changes


@promise
def api_stands_ready_for_a_drop(templates: Templates) -> None:
    target = templates.one("app", "ApplicationAutoScaling::ScalableTarget", like="api")
    actions = {a["ScheduledActionName"]: a for a in target.get("ScheduledActions", [])}
    assert set(actions) == {"DropStarts", "DropEnds"}
    ready = actions["DropStarts"]["ScalableTargetAction"]["MinCapacity"]
    assert ready > target["MinCapacity"]
    assert actions["DropEnds"]["ScalableTargetAction"]["MinCapacity"] == target["MinCapacity"]


@promise
def publishing_deletes_pages_alone(templates: Templates) -> None:
    for role in ("publishTaskRole", "workerTaskRole"):
        policy = templates.one("app", "IAM::Policy", like=role)
        assert "s3:*" not in json.dumps(policy)
        assert "s3:PutObject" in json.dumps(policy)
        for statement in policy["PolicyDocument"]["Statement"]:
            named = statement["Resource"]
            if "s3:Delete" in json.dumps(statement["Action"]):
                for objects in [named] if isinstance(named, str) else named:
                    assert objects.endswith(("/index.html", "/pictures/*", "/sitemap-brand-*"))


@promise
def whoever_publishes_knows_the_buckets(templates: Templates) -> None:
    told = dict(containers(templates))
    for family in ("watchstore-publish", "watchstore-worker"):
        settings = environment(told[family])
        assert settings.get("PAGES_BUCKET", "").startswith("watchstore-pages-"), family
        assert settings.get("RELEASES_BUCKET", "").startswith("watchstore-releases-"), family
