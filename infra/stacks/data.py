"""What must not be lost: PostgreSQL, the cache, their secrets and backups."""

from typing import Any, Final

from aws_cdk import Duration, Fn, RemovalPolicy, SecretValue, Stack
from aws_cdk import aws_backup as backup
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticache as elasticache
from aws_cdk import aws_events as events
from aws_cdk import aws_rds as rds
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from config import Site
from stacks.acknowledging import accept
from stacks.network import CACHE_PORT, DATABASE_PORT, NetworkStack

DATABASE_USER: Final = "watchstore"
ORIGIN_SECRET: Final = "watchstore/origin-header"  # noqa: S105 - a name, not a secret
_PARAMETERS: Final = {
    "rds.force_ssl": "1",
    "log_min_duration_statement": "500",
    "idle_in_transaction_session_timeout": "60000",
}


class DataStack(Stack):
    def __init__(
        self, scope: Construct, id_: str, *, site: Site, network: NetworkStack, **options: Any
    ) -> None:
        super().__init__(scope, id_, **options)
        self._site, self._network = site, network
        self.database = self._database()
        self._accept_database()
        self._rotate()
        self._back_up()
        self.cache = self._cache()
        self.redis_url = self._redis_url()
        self.origin_secret = self._origin_secret()
        self.smtp_url = secretsmanager.Secret(
            self, "SmtpUrl", description="smtp://user:password@host:587, set by hand (SES)"
        )
        accept(
            self.smtp_url,
            "SMG4",
            "SES SMTP credentials have no rotation function; docs/aws.md says how to replace them.",
        )
        self.stripe = self._stripe() if site.stripe_key else {}

    @property
    def database_url(self) -> str:
        """Without a password: libpq takes that from PGPASSWORD, which rotates."""
        host = self.database.db_instance_endpoint_address
        return f"postgresql://{DATABASE_USER}@{host}:{DATABASE_PORT}/watchstore?sslmode=require"

    def _stripe(self) -> dict[str, secretsmanager.Secret]:
        """By the name of the shop's setting."""
        made = {}
        for setting, name in (
            ("STRIPE_SECRET_KEY", "StripeSecretKey"),
            ("STRIPE_WEBHOOK_SECRET", "StripeWebhookSecret"),
        ):
            made[setting] = secretsmanager.Secret(
                self, name, description=f"{setting}, set by hand (Stripe's dashboard)"
            )
            accept(made[setting], "SMG4", "Stripe's own: it is rolled in Stripe's dashboard.")
        return made

    def _database(self) -> rds.DatabaseInstance:
        size = self._site.preset.database
        engine = rds.DatabaseInstanceEngine.postgres(version=rds.PostgresEngineVersion.VER_18)
        return rds.DatabaseInstance(
            self,
            "Database",
            engine=engine,
            instance_type=ec2.InstanceType(size.instance),
            vpc=self._network.vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_group_name="data"),
            security_groups=[self._fixed("DatabaseGroup", self._network.database)],
            publicly_accessible=False,
            multi_az=True,
            database_name="watchstore",
            credentials=rds.Credentials.from_generated_secret(DATABASE_USER),
            parameters=_PARAMETERS,
            storage_type=rds.StorageType.GP3,
            allocated_storage=size.storage,
            max_allocated_storage=size.most_storage,
            storage_encrypted=True,
            iam_authentication=True,
            backup_retention=Duration.days(size.backup_days),
            preferred_backup_window="02:00-03:00",
            preferred_maintenance_window="tue:03:30-tue:04:30",
            delete_automated_backups=False,
            copy_tags_to_snapshot=True,
            deletion_protection=True,
            removal_policy=RemovalPolicy.SNAPSHOT,
            cloudwatch_logs_exports=["postgresql"],
            monitoring_interval=Duration.seconds(60),
            enable_performance_insights=True,
        )

    def _accept_database(self) -> None:
        accept(self.database, "RDS11", "Another port hides nothing: the security group guards it.")
        accept(
            self.database,
            "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/"
            "AmazonRDSEnhancedMonitoringRole]",
            "AWS maintains what enhanced monitoring needs; only that service can take the role.",
        )

    def _rotate(self) -> None:
        secret = self.database.secret
        if secret is None:
            raise ValueError("the database has no generated secret to rotate")
        self.database_secret = secret
        secretsmanager.SecretRotation(
            self,
            "Rotation",
            application=secretsmanager.SecretRotationApplication.POSTGRES_ROTATION_SINGLE_USER,
            secret=secret,
            target=self.database,
            vpc=self._network.vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_group_name="data"),
            security_group=self._fixed("RotationGroup", self._network.rotation),
            automatically_after=Duration.days(30),
        )

    def _back_up(self) -> None:
        """Daily copies outside of RDS: they outlive the instance's own backups."""
        vault = backup.BackupVault(self, "Vault", removal_policy=RemovalPolicy.RETAIN)
        plan = backup.BackupPlan(self, "Backups", backup_vault=vault)
        plan.add_rule(
            backup.BackupPlanRule(
                rule_name="daily",
                schedule_expression=events.Schedule.cron(hour="4", minute="0"),
                delete_after=Duration.days(35),
            )
        )
        chosen = plan.add_selection(
            "Database", resources=[backup.BackupResource.from_rds_database_instance(self.database)]
        )
        accept(
            chosen,
            "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/"
            "AWSBackupServiceRolePolicyForBackup]",
            "AWS maintains what its backup service needs; only that service can take the role.",
        )

    def _cache(self) -> elasticache.CfnReplicationGroup:
        self._cache_token = secretsmanager.Secret(
            self,
            "CacheToken",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                password_length=64, exclude_punctuation=True
            ),
        )
        size = self._site.preset.cache
        group = elasticache.CfnReplicationGroup(
            self,
            "Cache",
            replication_group_description="Sessions, cached answers and limits of the shop",
            engine="valkey",
            engine_version="8.0",
            cache_node_type=size.node,
            num_node_groups=1,
            replicas_per_node_group=size.replicas,
            automatic_failover_enabled=True,
            multi_az_enabled=True,
            transit_encryption_enabled=True,
            transit_encryption_mode="required",
            at_rest_encryption_enabled=True,
            auth_token=self._cache_token.secret_value.unsafe_unwrap(),
            cache_subnet_group_name=self._cache_subnets().ref,
            cache_parameter_group_name=self._cache_parameters().ref,
            security_group_ids=[self._network.cache.security_group_id],
            snapshot_retention_limit=7,
            snapshot_window="01:00-02:00",
            port=CACHE_PORT,
        )
        group.apply_removal_policy(RemovalPolicy.SNAPSHOT)
        return group

    def _cache_subnets(self) -> elasticache.CfnSubnetGroup:
        chosen = self._network.vpc.select_subnets(subnet_group_name="data")
        return elasticache.CfnSubnetGroup(
            self, "CacheSubnets", description="Private", subnet_ids=chosen.subnet_ids
        )

    def _cache_parameters(self) -> elasticache.CfnParameterGroup:
        return elasticache.CfnParameterGroup(
            self,
            "CacheParameters",
            cache_parameter_group_family="valkey8",
            description="PostgreSQL holds the truth, so a full cache may forget anything",
            properties={"maxmemory-policy": "allkeys-lru"},
        )

    def _redis_url(self) -> secretsmanager.Secret:
        """The whole address, as the shop reads it; CloudFormation fills the token in."""
        token = self._cache_token.secret_value.unsafe_unwrap()
        host = self.cache.attr_primary_end_point_address
        address = Fn.join("", ["rediss://:", token, "@", host, f":{CACHE_PORT}/0"])
        secret = secretsmanager.Secret(
            self, "RedisUrl", secret_string_value=SecretValue.unsafe_plain_text(address)
        )
        for each in (self._cache_token, secret):
            accept(
                each,
                "SMG4",
                "ElastiCache has no rotation function; docs/aws.md says how to change the token.",
            )
        return secret

    def _origin_secret(self) -> secretsmanager.Secret:
        """What CloudFront sends and the balancer asks for: nobody else gets past the balancer."""
        elsewhere = [] if self.region == "us-east-1" else [_replica("us-east-1")]
        secret = secretsmanager.Secret(
            self,
            "OriginHeader",
            secret_name=ORIGIN_SECRET,
            replica_regions=elsewhere,
            generate_secret_string=secretsmanager.SecretStringGenerator(
                password_length=48, exclude_punctuation=True
            ),
        )
        accept(
            secret,
            "SMG4",
            "Both sides read it when deployed; changing it is a deployment, as docs/aws.md says.",
        )
        return secret

    def _fixed(self, name: str, group: ec2.SecurityGroup) -> ec2.ISecurityGroup:
        """The group as it is: constructs of this stack may not add rules to it."""
        return ec2.SecurityGroup.from_security_group_id(
            self, name, group.security_group_id, mutable=False
        )


def _replica(region: str) -> secretsmanager.ReplicaRegion:
    return secretsmanager.ReplicaRegion(region=region)
