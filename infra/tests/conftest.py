import pytest

import app
from config import site
from templates import Templates

VARIANTS = {
    "small": {"preset": "small"},
    "medium": {
        "preset": "medium",
        "tasks_behind_nat": "true",
        "region": "eu-central-1",
        "stripe_key": "pk_live_example",
    },
    "large": {"preset": "large", "tasks_behind_nat": "true", "capacity": "ec2"},
}


@pytest.fixture(scope="session")
def synthesized(tmp_path_factory):
    """Every preset, synthesized once; cdk-nag runs within and its findings fail the synthesis."""
    folders = {}
    for name, given in VARIANTS.items():
        folder = tmp_path_factory.mktemp(name)
        context = app.committed_context() | given
        app.build(site(context), context=context, outdir=str(folder)).app.synth()
        folders[name] = folder
    return folders


@pytest.fixture(scope="session")
def small(synthesized):
    return Templates.read(synthesized["small"])


@pytest.fixture(params=VARIANTS)
def templates(request, read):
    return read[request.param]


@pytest.fixture(scope="session")
def read(synthesized):
    return {name: Templates.read(folder) for name, folder in synthesized.items()}
