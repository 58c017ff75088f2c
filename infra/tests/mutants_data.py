"""Faults of the network and of what must not be lost."""

from typing import Any

from mutating import drop, extra, mutant, put, without

_OPEN = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "CidrIp": "0.0.0.0/0"}
_DB = "RDS::DBInstance"
_CACHE = "ElastiCache::ReplicationGroup"
_TASK = "ECS::TaskDefinition"
_CONTAINER = "Properties/ContainerDefinitions/0"


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
