"""What we promise of the network, the data and the edge: plain functions over templates.

The tests run them on what was synthesized, and on mutants, where they have to fail.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from aws_cdk.assertions import Match

from templates import Templates

Promise = Callable[[Templates], None]
PROMISES: dict[str, Promise] = {}


def promise(check: Promise) -> Promise:
    PROMISES[check.__name__] = check
    return check


def only(items: Iterable[Any]) -> Any:
    """The one item there is; none, or several, breaks the promise."""
    found = list(items)
    assert len(found) == 1, f"{len(found)} where one was expected: {found}"
    return found[0]


def as_text(value: Any) -> str:
    return json.dumps(value)


# Network


def _ingress(templates: Templates, group: str) -> list[dict[str, Any]]:
    """Every rule that lets something into a group, inline or apart."""
    rules = []
    for name, resource in templates.find("network", "EC2::SecurityGroup"):
        if name.startswith(group):
            rules += resource["Properties"].get("SecurityGroupIngress", [])
    for _, resource in templates.find("network", "EC2::SecurityGroupIngress"):
        if resource["Properties"]["GroupId"]["Fn::GetAtt"][0].startswith(group):
            rules.append(resource["Properties"])
    return rules


def _sources(templates: Templates, group: str, port: int) -> set[str]:
    """Names of the groups that may reach this one; anything that isn't a group is refused."""
    rules = _ingress(templates, group)
    assert rules, f"nothing reaches {group}"
    for rule in rules:
        assert "SourceSecurityGroupId" in rule, rule
        assert (rule["IpProtocol"], rule["FromPort"], rule["ToPort"]) == ("tcp", port, port), rule
    return {
        rule["SourceSecurityGroupId"]["Fn::GetAtt"][0].rstrip("0123456789ABCDEF") for rule in rules
    }


@promise
def database_admits_app_and_rotation_alone(templates: Templates) -> None:
    assert _sources(templates, "Database", 5432) == {"App", "Rotation"}


@promise
def cache_admits_app_alone(templates: Templates) -> None:
    assert _sources(templates, "Cache", 6379) == {"App"}


@promise
def app_admits_balancer_alone(templates: Templates) -> None:
    assert _sources(templates, "App", 8000) == {"Balancer"}


@promise
def balancer_admits_cloudfront_alone(templates: Templates) -> None:
    rule = only(_ingress(templates, "Balancer"))
    assert rule.get("SourcePrefixListId", "").startswith("pl-"), rule
    assert (rule["FromPort"], rule["ToPort"]) == (443, 443), rule


@promise
def no_stack_opens_a_group_to_an_address(templates: Templates) -> None:
    for stack in templates.json:
        groups = [r for _, r in templates.find(stack, "EC2::SecurityGroup")]
        rules = [rule for r in groups for rule in r["Properties"].get("SecurityGroupIngress", [])]
        rules += [r["Properties"] for _, r in templates.find(stack, "EC2::SecurityGroupIngress")]
        assert not [rule for rule in rules if {"CidrIp", "CidrIpv6"} & rule.keys()], stack


@promise
def data_groups_send_nothing(templates: Templates) -> None:
    for group in ("Database", "Cache"):
        for name, resource in templates.find("network", "EC2::SecurityGroup"):
            if name.startswith(group):
                targets = [r["CidrIp"] for r in resource["Properties"]["SecurityGroupEgress"]]
                assert targets == ["255.255.255.255/32"], (name, targets)


def _routes(templates: Templates, subnets: str) -> Iterator[dict[str, Any]]:
    for _, resource in templates.find("network", "EC2::Route"):
        if f"Vpc{subnets}Subnet" in resource["Properties"]["RouteTableId"]["Ref"]:
            yield resource["Properties"]


@promise
def data_subnets_have_no_route_out(templates: Templates) -> None:
    tables = [name for name, _ in templates.find("network", "EC2::RouteTable", like="Vpcdata")]
    assert len(tables) >= 2
    assert not list(_routes(templates, "data"))


@promise
def traffic_is_recorded(templates: Templates) -> None:
    templates.every("network", "EC2::FlowLog", TrafficType="ALL", ResourceType="VPC")


# Database


@promise
def database_is_private(templates: Templates) -> None:
    templates.every("data", "RDS::DBInstance", PubliclyAccessible=False)
    subnets = templates.one("data", "RDS::DBSubnetGroup")["SubnetIds"]
    assert len(subnets) >= 2
    assert all("Vpcdata" in subnet["Fn::ImportValue"] for subnet in subnets), subnets


@promise
def database_has_a_standby(templates: Templates) -> None:
    templates.every("data", "RDS::DBInstance", MultiAZ=True)


@promise
def database_is_encrypted(templates: Templates) -> None:
    templates.every("data", "RDS::DBInstance", StorageEncrypted=True)


@promise
def database_takes_tls_alone(templates: Templates) -> None:
    templates.every(
        "data", "RDS::DBParameterGroup", Parameters=Match.object_like({"rds.force_ssl": "1"})
    )
    group = templates.one("data", "RDS::DBInstance")["DBParameterGroupName"]["Ref"]
    assert group in templates.json["data"]["Resources"]
    for name, container in containers(templates):
        url = as_text(environment(container)["DATABASE_URL"])
        assert "sslmode=require" in url, name


@promise
def database_can_be_restored_to_any_second(templates: Templates) -> None:
    days = templates.one("data", "RDS::DBInstance")["BackupRetentionPeriod"]
    assert 14 <= days <= 35, days
    templates.every("data", "RDS::DBInstance", DeleteAutomatedBackups=False)


@promise
def database_is_copied_to_a_vault_daily(templates: Templates) -> None:
    plan = templates.one("data", "Backup::BackupPlan")["BackupPlan"]
    rule = only(plan["BackupPlanRule"])
    assert rule["ScheduleExpression"] == "cron(0 4 * * ? *)"
    assert rule["Lifecycle"]["DeleteAfterDays"] >= 35
    chosen = templates.one("data", "Backup::BackupSelection")["BackupSelection"]["Resources"]
    assert "Database" in as_text(chosen)
    templates.kept("data", "Backup::BackupVault", "Retain")


@promise
def database_is_hard_to_delete(templates: Templates) -> None:
    templates.every("data", "RDS::DBInstance", DeletionProtection=True)
    templates.kept("data", "RDS::DBInstance", "Snapshot")


@promise
def database_password_is_generated_and_rotates(templates: Templates) -> None:
    password = as_text(templates.one("data", "RDS::DBInstance")["MasterUserPassword"])
    assert "resolve:secretsmanager" in password
    schedule = templates.one("data", "SecretsManager::RotationSchedule")
    assert schedule["RotationRules"]["ScheduleExpression"] == "rate(30 days)"


@promise
def rotation_starts_new_tasks(templates: Templates) -> None:
    rule = templates.one("app", "Events::Rule")
    assert rule["EventPattern"]["detail"]["eventName"] == ["RotationSucceeded"]
    assert rule["State"] == "ENABLED"
    inputs = as_text([target["Input"] for target in rule["Targets"]])
    assert inputs.count("forceNewDeployment") == 2


# Cache


@promise
def cache_takes_tls_alone(templates: Templates) -> None:
    templates.every(
        "data",
        "ElastiCache::ReplicationGroup",
        TransitEncryptionEnabled=True,
        TransitEncryptionMode="required",
    )
    address = as_text(templates.one("data", "SecretsManager::Secret", like="RedisUrl"))
    assert "rediss://" in address


@promise
def cache_asks_for_a_token(templates: Templates) -> None:
    token = as_text(templates.one("data", "ElastiCache::ReplicationGroup").get("AuthToken"))
    assert "resolve:secretsmanager" in token


@promise
def cache_is_encrypted(templates: Templates) -> None:
    templates.every("data", "ElastiCache::ReplicationGroup", AtRestEncryptionEnabled=True)


@promise
def cache_replica_takes_over(templates: Templates) -> None:
    templates.every(
        "data",
        "ElastiCache::ReplicationGroup",
        AutomaticFailoverEnabled=True,
        MultiAZEnabled=True,
    )
    assert templates.one("data", "ElastiCache::ReplicationGroup")["ReplicasPerNodeGroup"] >= 1


@promise
def cache_is_saved(templates: Templates) -> None:
    templates.every("data", "ElastiCache::ReplicationGroup", SnapshotRetentionLimit=7)
    templates.kept("data", "ElastiCache::ReplicationGroup", "Snapshot")


def containers(templates: Templates) -> list[tuple[str, dict[str, Any]]]:
    """Every container of the shop, with the family it belongs to."""
    found = [
        (resource["Properties"]["Family"], container)
        for _, resource in templates.find("app", "ECS::TaskDefinition")
        for container in resource["Properties"]["ContainerDefinitions"]
    ]
    assert len(found) == 4, found
    return found


def environment(container: dict[str, Any]) -> dict[str, Any]:
    return {item["Name"]: item["Value"] for item in container.get("Environment", [])}
