"""The stage of a rehearsal: AWS as moto plays it, a shop to look at, and the scripts."""

import json
import os
import stat
import subprocess
import threading
import urllib.request
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

DEPLOY = Path(__file__).parents[2] / "deploy"
BIN = Path(__file__).parents[1] / ".venv" / "bin"
REGION = "eu-central-1"
DIGEST = "sha256:" + "a" * 64
OLD = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/watchstore@sha256:" + "0" * 64
NEW = f"111122223333.dkr.ecr.eu-central-1.amazonaws.com/watchstore@{DIGEST}"
KINDS = ("api", "worker", "migrate", "publish")

# Notes every call, then asks moto. Two things moto can't play: a service never gets stable,
# and a task never fails.
AWS = """#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$CALLS"
case "$1 $2 $3" in
    'ecs wait services-stable') {real} ${{ON_STABLE:-sts get-caller-identity}} >/dev/null
        exit "${{STABLE:-0}}" ;;
    'ecs describe-tasks --cluster') [[ -z ${{EXIT_CODE:-}} ]] || {{ echo "$EXIT_CODE"; exit; }} ;;
esac
exec {real} "$@"
"""
# Builds nothing; a push puts an image of that tag into the registry.
DOCKER = """#!/usr/bin/env bash
printf 'docker %s\\n' "$*" >>"$CALLS"
[[ $1 != login ]] || cat >/dev/null
[[ $1 != push ]] || {real} ecr put-image --repository-name watchstore \\
    --image-manifest-media-type application/vnd.oci.image.manifest.v1+json \\
    --image-tag "${{2##*:}}" --image-manifest '{{"schemaVersion": 2, "layers": []}}' >/dev/null
"""


class FakeAws:
    """One moto server for all rehearsals; `reset` sets the scene anew."""

    def __init__(self) -> None:
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        _, port = self._server.get_host_and_port()
        self.url = f"http://127.0.0.1:{port}"

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id="fake",
            aws_secret_access_key="fake",
        )

    def reset(self) -> None:
        self._tell("reset", {})
        # Tasks end at once: the waiter's pauses test nothing.
        ending = {"model_name": "ecs::task", "transition": {"progression": "immediate"}}
        self._tell("state-manager/set-transition", ending)
        subnet, group = self._network()
        place = {"subnets": [subnet], "securityGroups": [group], "assignPublicIp": "ENABLED"}
        value = json.dumps({"awsvpcConfiguration": place})
        self.client("ssm").put_parameter(Name="/watchstore/network", Value=value, Type="String")
        self._services()
        s3 = self.client("s3")
        for bucket in ("pages", "releases"):
            s3.create_bucket(
                Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION}
            )
        self.client("ecr").create_repository(repositoryName="watchstore")

    def _tell(self, what: str, body: dict[str, Any]) -> None:
        request = urllib.request.Request(
            f"{self.url}/moto-api/{what}", data=json.dumps(body).encode(), method="POST"
        )
        with urllib.request.urlopen(request):
            pass

    def _network(self) -> tuple[str, str]:
        ec2 = self.client("ec2")
        subnet = ec2.describe_subnets()["Subnets"][0]
        groups = ec2.describe_security_groups(
            Filters=[{"Name": "vpc-id", "Values": [subnet["VpcId"]]}]
        )
        return subnet["SubnetId"], groups["SecurityGroups"][0]["GroupId"]

    def _services(self) -> None:
        ecs = self.client("ecs")
        ecs.create_cluster(clusterName="watchstore")
        for kind in KINDS:
            ecs.register_task_definition(
                family=f"watchstore-{kind}",
                networkMode="awsvpc",
                requiresCompatibilities=["FARGATE"],
                cpu="256",
                memory="512",
                containerDefinitions=[{"name": "shop", "image": OLD, "memory": 512}],
            )
        for kind in ("api", "worker"):
            ecs.create_service(
                cluster="watchstore",
                serviceName=kind,
                taskDefinition=f"watchstore-{kind}",
                desiredCount=2,
            )

    def stop(self) -> None:
        self._server.stop()


class Shop:
    """What the smoke test looks at; `well` decides what it sees."""

    def __init__(self) -> None:
        shop = self
        self.well = True

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if shop.well else 503)
                self.send_header("Cache-Control", "public, max-age=5")
                self.end_headers()
                page = b"<!doctype html><html></html>"
                self.wfile.write(page if self.path == "/" else b'{"items": []}')

            def log_message(self, *_: object) -> None:
                """Tests are quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@dataclass
class Stage:
    aws: FakeAws
    shop: Shop
    folder: Path

    def __post_init__(self) -> None:
        (self.folder / "bin").mkdir()
        for name, text in (("aws", AWS), ("docker", DOCKER)):
            file = self.folder / "bin" / name
            file.write_text(text.format(real=BIN / "aws"))
            file.chmod(file.stat().st_mode | stat.S_IXUSR)

    def play(self, script: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess:
        """Run one script as the workflow does, against the fake."""
        services = ("ECS", "ECR", "S3", "SSM", "STS")
        environment = {f"AWS_ENDPOINT_URL_{name}": self.aws.url for name in services} | {
            "PATH": f"{self.folder / 'bin'}:{BIN}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "CALLS": str(self.folder / "calls"),
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "fake",
            "AWS_SECRET_ACCESS_KEY": "fake",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "PAGES_BUCKET": "pages",
            "RELEASES_BUCKET": "releases",
            "SMOKE_PAUSE": "0",
            "SMOKE_ATTEMPTS": "2",
        }
        return subprocess.run(
            ["bash", DEPLOY / script, *arguments],
            env=environment | settings,
            check=False,
            capture_output=True,
            text=True,
            timeout=240,
        )

    def calls(self) -> list[str]:
        """The service and operation of every call, in order."""
        lines = (self.folder / "calls").read_text().splitlines()
        return [" ".join(line.split()[:2]) for line in lines]

    def running(self, service: str) -> str:
        """The image that a service's new tasks get."""
        ecs = self.aws.client("ecs")
        found = ecs.describe_services(cluster="watchstore", services=[service])["services"]
        return self.image(found[0]["taskDefinition"])

    def image(self, definition: str) -> str:
        ecs = self.aws.client("ecs")
        found = ecs.describe_task_definition(taskDefinition=definition)["taskDefinition"]
        return str(found["containerDefinitions"][0]["image"])
