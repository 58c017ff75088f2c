"""The AWS side of the shop as code: `cdk synth`, or `python app.py`, writes the templates."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from aws_cdk import App, Environment, Stack, Tags, Validations
from cdk_nag import AwsSolutionsChecks

from config import Site, site
from stacks.app import AppStack
from stacks.cicd import DeliveryStack
from stacks.data import DataStack
from stacks.edge import EdgeStack
from stacks.network import NetworkStack
from stacks.observability import ObservabilityStack

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Built:
    """The app with its stacks by short name."""

    app: App
    stacks: dict[str, Stack]


def build(place: Site, *, context: dict[str, object], outdir: str | None = None) -> Built:
    app = App(context=context, outdir=outdir)
    here = Environment(account=place.account, region=place.region)
    # A distribution's certificate and firewall exist in us-east-1 only.
    edge_env = Environment(account=place.account, region="us-east-1")
    network = NetworkStack(app, "watchstore-network", site=place, env=here)
    data = DataStack(app, "watchstore-data", site=place, network=network, env=here)
    service = AppStack(app, "watchstore-app", site=place, network=network, data=data, env=here)
    edge = EdgeStack(app, "watchstore-edge", site=place, env=edge_env)
    edge.add_stack_dependency(service)
    watch = ObservabilityStack(
        app, "watchstore-observability", site=place, data=data, service=service, env=here
    )
    delivery = DeliveryStack(app, "watchstore-cicd", site=place, env=here)
    stacks: list[Stack] = [network, data, service, edge, watch, delivery]
    Tags.of(app).add("project", "watchstore")
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return Built(app, {stack.stack_name.removeprefix("watchstore-"): stack for stack in stacks})


def committed_context() -> dict[str, object]:
    """What the cdk command would hand over: settings and remembered look-ups."""
    settings = json.loads((HERE / "cdk.json").read_text())["context"]
    return {**settings, **json.loads((HERE / "cdk.context.json").read_text())}


def main() -> None:
    given = json.loads(os.environ.get("CDK_CONTEXT_JSON", "{}"))
    context = committed_context() | given
    build(site(context), context=context).app.synth()


if __name__ == "__main__":
    main()
