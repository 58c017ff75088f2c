"""What GitHub may do here: one role per job, taken by OIDC; no key is stored anywhere."""

from typing import Any, Final

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_iam as iam
from constructs import Construct

from config import Site
from stacks.acknowledging import accept
from stacks.app import CLUSTER
from stacks.tasks import IMAGE_PARAMETER, NETWORK_PARAMETER, REPOSITORY

_ISSUER: Final = "token.actions.githubusercontent.com"
ASSETS: Final = ("css", "js", "img")  # folders such as js.1f2e3d4c5b
_KEPT_IMAGES: Final = 50


class DeliveryStack(Stack):
    def __init__(self, scope: Construct, id_: str, *, site: Site, **options: Any) -> None:
        super().__init__(scope, id_, **options)
        self._site = site
        self._provider = iam.OidcProviderNative(
            self, "GitHub", url=f"https://{_ISSUER}", client_ids=["sts.amazonaws.com"]
        )
        self._repository = self._images()
        self._let_build()
        self._let_deploy()
        self._let_publish()
        self._let_change_infrastructure()

    def _images(self) -> ecr.Repository:
        return ecr.Repository(
            self,
            "Images",
            repository_name=REPOSITORY,
            image_tag_mutability=ecr.TagMutability.IMMUTABLE,
            image_scan_on_push=True,
            removal_policy=RemovalPolicy.RETAIN,
            lifecycle_rules=[ecr.LifecycleRule(max_image_count=_KEPT_IMAGES)],
        )

    def _role(self, environment: str) -> iam.Role:
        """A role that jobs of this repository in this GitHub environment can take, no others."""
        conditions = {
            "StringEquals": {
                f"{_ISSUER}:aud": "sts.amazonaws.com",
                f"{_ISSUER}:sub": f"repo:{self._site.repository}:environment:{environment}",
            }
        }
        return iam.Role(
            self,
            environment,
            role_name=f"watchstore-{environment}",
            assumed_by=iam.WebIdentityPrincipal(self._provider.oidc_provider_arn, conditions),
            max_session_duration=Duration.hours(1),
        )

    def _let_build(self) -> None:
        role = self._role("build")
        self._repository.grant_pull_push(role)
        self._repository.grant(role, "ecr:DescribeImages")
        accept(
            role,
            "IAM5[Resource::*]",
            "ecr:GetAuthorizationToken knows no resource; pushing names the one repository.",
        )

    def _let_deploy(self) -> None:
        role = self._role("production-backend")
        self._let_run(role, "migrate")
        self._allow(role, ["ecs:RegisterTaskDefinition"], "*")
        services = [self._arn("ecs", f"service/{CLUSTER}/{each}") for each in ("api", "worker")]
        self._allow(role, ["ecs:UpdateService", "ecs:DescribeServices"], *services)
        parameter = self._arn("ssm", f"parameter{IMAGE_PARAMETER}")
        self._allow(role, ["ssm:GetParameter", "ssm:PutParameter"], parameter)

    def _let_publish(self) -> None:
        """The frontend's job writes assets and releases; pages are written by the task alone."""
        role = self._role("production-frontend")
        pages = f"arn:aws:s3:::{self._site.pages_bucket}"
        releases = f"arn:aws:s3:::{self._site.releases_bucket}"
        written = [*(f"{pages}/{kind}.*" for kind in ASSETS), f"{releases}/*"]
        self._allow(role, ["s3:PutObject"], *written)
        self._allow(role, ["s3:ListBucket"], pages, releases)
        self._let_run(role, "publish")
        for files in written:
            accept(role, f"IAM5[Resource::{files}]", "Files of ours; folders are named by hashes.")

    def _let_run(self, role: iam.Role, task: str) -> None:
        """Start one kind of task, watch it, and hand our task roles over, to ECS alone."""
        network = self._arn("ssm", f"parameter{NETWORK_PARAMETER}")
        tasks = f"arn:aws:iam::{self.account}:role/watchstore-app-*"
        self._allow(role, ["ssm:GetParameter"], network)
        self._allow(role, ["ecs:RunTask"], self._task(task))
        self._allow(role, ["ecs:DescribeTasks"], self._arn("ecs", f"task/{CLUSTER}/*"))
        self._allow(role, ["ecs:DescribeTaskDefinition"], "*")
        role.add_to_policy(
            iam.PolicyStatement(
                actions=["iam:PassRole"],
                resources=[tasks],
                conditions={"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
            )
        )
        reasons = {
            "*": "ECS knows no resource for describing and registering task definitions.",
            tasks: "Task roles of the app stack; they can be passed to ECS tasks alone.",
            self._arn("ecs", f"task/{CLUSTER}/*"): "Tasks get their ids when they start.",
            self._task(task): "Every revision of one task definition.",
        }
        for resource, reason in reasons.items():
            accept(role, f"IAM5[Resource::{resource}]", reason)

    def _let_change_infrastructure(self) -> None:
        """CDK's own roles do the work; this role may only become one of them."""
        role = self._role("production-infra")
        bootstrap = f"arn:aws:iam::{self.account}:role/cdk-hnb659fds-*"
        self._allow(role, ["sts:AssumeRole"], bootstrap)
        accept(
            role,
            f"IAM5[Resource::{bootstrap}]",
            "The roles that `cdk bootstrap` made: deploying, assets, look-ups.",
        )

    def _allow(self, role: iam.Role, actions: list[str], *resources: str) -> None:
        role.add_to_policy(iam.PolicyStatement(actions=actions, resources=list(resources)))

    def _task(self, name: str) -> str:
        return self._arn("ecs", f"task-definition/watchstore-{name}:*")

    def _arn(self, service: str, resource: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"
