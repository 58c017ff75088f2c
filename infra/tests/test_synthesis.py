"""What isn't a promise of one template: validity, settings, and the checkers themselves."""

import json
import subprocess
from pathlib import Path

import pytest
from aws_cdk import App, Stack, Validations
from aws_cdk import aws_s3 as s3
from cdk_nag import AwsSolutionsChecks

import app
from config import SMALL, site

BIN = Path(__file__).parents[1] / ".venv" / "bin"
# W3005: CDK writes dependencies twice. W3010: zones come from cdk's remembered look-ups.
IGNORED = ("W3005", "W3010")


def test_templates_are_valid(synthesized):
    files = [
        str(file) for folder in synthesized.values() for file in folder.glob("*.template.json")
    ]
    assert len(files) == 18
    linted = subprocess.run(
        [BIN / "cfn-lint", "--ignore-checks", *IGNORED, "--", *files],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (linted.returncode, linted.stdout) == (0, "")


def test_every_resource_was_checked_by_cdk_nag(synthesized):
    """Findings fail the synthesis; this sees that the rules were run at all, and none was left."""
    for folder in synthesized.values():
        report = json.loads((folder / "validation-report.json").read_text())
        plugins = [each["pluginName"] for each in report["pluginReports"]]
        assert "AwsSolutions" in str(plugins)


def test_a_finding_fails_the_synthesis(tmp_path):
    faulty = App(outdir=str(tmp_path))
    s3.Bucket(Stack(faulty, "faulty"), "Public")
    Validations.of(faulty).add_plugins(AwsSolutionsChecks(faulty))
    with pytest.raises(Exception, match="AwsSolutions-S10"):
        faulty.synth()


def test_tasks_stand_where_the_site_says(read):
    def place(templates):
        service = templates.one("app", "ECS::Service", like="api")
        return service["NetworkConfiguration"]["AwsvpcConfiguration"]

    assert place(read["small"])["AssignPublicIp"] == "ENABLED"
    assert "Vpcpublic" in json.dumps(place(read["small"])["Subnets"])
    assert place(read["medium"])["AssignPublicIp"] == "DISABLED"
    assert "Vpcapp" in json.dumps(place(read["medium"])["Subnets"])


def test_nat_is_paid_for_only_where_tasks_need_it(read):
    gateways = {
        name: len(list(each.find("network", "EC2::NatGateway"))) for name, each in read.items()
    }
    assert gateways == {"small": 0, "medium": 2, "large": 3}


def test_machines_take_the_place_of_fargate(read):
    services = dict(read["large"].find("app", "ECS::Service"))
    assert all("LaunchType" not in each["Properties"] for each in services.values())
    template = read["large"].one("app", "EC2::LaunchTemplate")["LaunchTemplateData"]
    assert template["MetadataOptions"]["HttpTokens"] == "required"
    (disk,) = template["BlockDeviceMappings"]
    assert disk["Ebs"]["Encrypted"] is True


def test_machines_in_public_subnets_are_refused():
    context = app.committed_context() | {"capacity": "ec2"}
    with pytest.raises(ValueError, match="tasks_behind_nat"):
        site(context)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [("preset", "huge", "small, medium, large"), ("capacity", "lambda", "fargate or ec2")],
)
def test_wrong_setting_is_refused(name, value, says):
    with pytest.raises(ValueError, match=says):
        site(app.committed_context() | {name: value})


def test_default_site_is_small_and_public():
    place = site(app.committed_context())
    assert (place.preset, place.tasks_behind_nat, place.capacity) == (SMALL, False, "fargate")
