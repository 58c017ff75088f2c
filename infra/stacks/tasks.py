"""The one image as four kinds of task: api, worker, migrate, publish."""

from dataclasses import dataclass, field
from typing import Any, Final

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_ssm as ssm
from constructs import Construct

from config import Site, Tasks
from stacks.acknowledging import accept
from stacks.data import DataStack
from stacks.network import APP_PORT

IMAGE_PARAMETER: Final = "/watchstore/image"
NETWORK_PARAMETER: Final = "/watchstore/network"
REPOSITORY: Final = "watchstore"
METRICS_PORT: Final = 9000
_ASK: Final = "import urllib.request as r; r.urlopen('http://127.0.0.1:{}', timeout=2).read()"
# What may leave the bucket of pages when a watch leaves the catalogue.
WITHDRAWN: Final = ("*/index.html", "pictures/*", "sitemap-brand-*")
ONE_OFF: Final = Tasks(cpu=512, memory=1024, least=0, most=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One way to start the image; `asks` is the address that says whether it is well."""

    name: str
    command: tuple[str, ...]
    size: Tasks
    asks: str | None = None
    settings: dict[str, str] = field(default_factory=dict)


def kinds(site: Site) -> tuple[Kind, ...]:
    api = ("gunicorn", "-c", "python:watchstore.entrypoints.gunicorn_conf")
    buckets = {"PAGES_BUCKET": site.pages_bucket, "RELEASES_BUCKET": site.releases_bucket}
    return (
        Kind(name="api", command=api, size=site.preset.api, asks=f"{APP_PORT}/api/v1/health/live"),
        Kind(
            name="worker",
            command=("watchstore", "worker"),
            size=site.preset.worker,
            asks=f"{METRICS_PORT}/metrics",
            settings=buckets,
        ),
        Kind(name="migrate", command=("watchstore", "migrate"), size=ONE_OFF),
        Kind(name="publish", command=("watchstore", "publish"), size=ONE_OFF, settings=buckets),
    )


class TaskDefinitions(Construct):
    """A task definition per kind, with the least rights that kind needs."""

    def __init__(self, scope: Construct, id_: str, *, site: Site, data: DataStack) -> None:
        super().__init__(scope, id_)
        self._site, self._data = site, data
        self._image = ecs.ContainerImage.from_registry(
            ssm.StringParameter.value_for_string_parameter(self, IMAGE_PARAMETER)
        )
        self._repository = ecr.Repository.from_repository_name(self, "Repository", REPOSITORY)
        self.logs = {kind.name: self._log(kind) for kind in kinds(site)}
        self.of = {kind.name: self._define(kind) for kind in kinds(site)}
        for name in ("publish", "worker"):
            self._let_publish(self.of[name])

    def _log(self, kind: Kind) -> logs.LogGroup:
        return logs.LogGroup(
            self,
            f"{kind.name}-log",
            log_group_name=f"/watchstore/{kind.name}",
            retention=logs.RetentionDays.THREE_MONTHS,
            removal_policy=RemovalPolicy.RETAIN,
        )

    def _define(self, kind: Kind) -> ecs.TaskDefinition:
        on_ec2 = self._site.capacity == "ec2"
        task = ecs.TaskDefinition(
            self,
            kind.name,
            family=f"watchstore-{kind.name}",
            compatibility=ecs.Compatibility.EC2_AND_FARGATE
            if on_ec2
            else ecs.Compatibility.FARGATE,
            network_mode=ecs.NetworkMode.AWS_VPC,
            cpu=str(kind.size.cpu),
            memory_mib=str(kind.size.memory),
            runtime_platform=ecs.RuntimePlatform(
                cpu_architecture=ecs.CpuArchitecture.ARM64,
                operating_system_family=ecs.OperatingSystemFamily.LINUX,
            ),
            volumes=[ecs.Volume(name="tmp")],
        )
        container = task.add_container("shop", **self._container(kind))
        container.add_mount_points(
            ecs.MountPoint(container_path="/tmp", source_volume="tmp", read_only=False)  # noqa: S108
        )
        self._accept(task)
        return task

    def _container(self, kind: Kind) -> dict[str, Any]:
        check = _ASK.format(kind.asks) if kind.asks else None
        return {
            "container_name": "shop",
            "image": self._image,
            "command": list(kind.command),
            "memory_limit_mib": kind.size.memory,
            "readonly_root_filesystem": True,
            "environment": self._settings() | kind.settings,
            "secrets": self._secrets(),
            "stop_timeout": Duration.seconds(60),
            "linux_parameters": _contained(self, kind),
            "health_check": _health(check) if check else None,
            "port_mappings": [ecs.PortMapping(container_port=APP_PORT)]
            if kind.name == "api"
            else None,
            "logging": ecs.LogDriver.aws_logs(
                stream_prefix=kind.name, log_group=self.logs[kind.name]
            ),
        }

    def _settings(self) -> dict[str, str]:
        return {
            "HOST": "0.0.0.0",  # noqa: S104 - the security group admits the balancer alone
            "PORT": str(APP_PORT),
            "METRICS_PORT": str(METRICS_PORT),
            "PUBLIC_URL": f"https://{self._site.domain}",
            "DATABASE_URL": self._data.database_url,
            "MAIL_FROM": self._site.mail_from,
            # CloudFront and the balancer each add one address to X-Forwarded-For.
            "TRUSTED_PROXIES": "2",
            "SELLER_NAME": self._site.seller_name,
            "SELLER_ADDRESS": self._site.seller_address,
            "SELLER_TAX_ID": self._site.seller_tax_id,
        } | ({"STRIPE_PUBLISHABLE_KEY": key} if (key := self._site.stripe_key) else {})

    def _secrets(self) -> dict[str, ecs.Secret]:
        from_manager = ecs.Secret.from_secrets_manager
        return {
            "PGPASSWORD": from_manager(self._data.database_secret, "password"),
            "REDIS_URL": from_manager(self._data.redis_url),
            "SMTP_URL": from_manager(self._data.smtp_url),
            **{name: from_manager(secret) for name, secret in self._data.stripe.items()},
        }

    def _let_publish(self, task: ecs.TaskDefinition) -> None:
        """Publishing reads a release, writes pages, and keeps its notes beside the releases.

        What is withdrawn it takes away: pages and pictures, never assets; versions are kept.
        """
        pages = f"arn:aws:s3:::{self._site.pages_bucket}"
        releases = f"arn:aws:s3:::{self._site.releases_bucket}"
        withdrawn = [f"{pages}/{name}" for name in WITHDRAWN]
        statements = (
            (["s3:PutObject", "s3:GetObject"], [f"{pages}/*"]),
            (["s3:DeleteObject"], withdrawn),
            (["s3:GetObject"], [f"{releases}/*"]),
            (["s3:PutObject"], [f"{releases}/published/*"]),
            (["s3:ListBucket"], [pages, releases]),
        )
        for actions, resources in statements:
            task.task_role.add_to_principal_policy(
                iam.PolicyStatement(actions=actions, resources=resources)
            )
        for objects in (f"{pages}/*", f"{releases}/*", f"{releases}/published/*", *withdrawn):
            accept(
                task,
                f"IAM5[Resource::{objects}]",
                "Objects of one bucket of ours: their names are the pages' addresses.",
            )

    def _accept(self, task: ecs.TaskDefinition) -> None:
        if task.execution_role is None:
            raise ValueError("a task definition with secrets has an execution role")
        self._repository.grant_pull(task.execution_role)
        accept(
            task,
            "ECS2",
            "Only facts that are no secrets are plain; passwords and addresses with tokens "
            "come from Secrets Manager.",
        )
        accept(
            task,
            "IAM5[Resource::*]",
            "ecr:GetAuthorizationToken knows no resource; the pull itself names the repository.",
        )


def _contained(scope: Construct, kind: Kind) -> ecs.LinuxParameters:
    """No capabilities at all, and an init that reaps and passes SIGTERM on."""
    parameters = ecs.LinuxParameters(scope, f"{kind.name}-linux", init_process_enabled=True)
    parameters.drop_capabilities(ecs.Capability.ALL)
    return parameters


def _health(script: str) -> ecs.HealthCheck:
    return ecs.HealthCheck(
        command=["CMD", "python", "-c", script],
        interval=Duration.seconds(15),
        timeout=Duration.seconds(5),
        retries=3,
        start_period=Duration.seconds(30),
    )
