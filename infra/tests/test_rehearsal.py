"""The pipelines' own scripts, played against a fake AWS."""

import pytest
from botocore.exceptions import ClientError

from stage import NEW, OLD, FakeAws, Shop, Stage


@pytest.fixture(scope="module")
def fake_aws():
    aws = FakeAws()
    yield aws
    aws.stop()


@pytest.fixture(scope="module")
def shop():
    shop = Shop()
    yield shop
    shop.stop()


@pytest.fixture
def stage(fake_aws, shop, tmp_path):
    fake_aws.reset()
    shop.well = True
    return Stage(fake_aws, shop, tmp_path)


def released(stage):
    parameter = stage.aws.client("ssm").get_parameter(Name="/watchstore/image")
    return parameter["Parameter"]["Value"]


def definition(stage, revision):
    """A container of the API as ECS was told."""
    ecs = stage.aws.client("ecs")
    found = ecs.describe_task_definition(taskDefinition=f"watchstore-api:{revision}")
    return found["taskDefinition"]["containerDefinitions"][0]


def test_backend_migrates_then_rolls_out(stage):
    played = stage.play("backend.sh", NEW, stage.shop.url)
    assert played.returncode == 0, played.stderr
    assert [stage.running(each) for each in ("api", "worker")] == [NEW, NEW]
    assert stage.image("watchstore-migrate") == NEW
    assert stage.image("watchstore-publish") == NEW
    assert released(stage) == NEW
    calls = stage.calls()
    checked = calls.index("ecs describe-tasks")
    assert calls.index("ecs run-task") < checked < calls.index("ecs update-service")
    old, new = (definition(stage, revision) for revision in (1, 2))
    assert new == {**old, "image": NEW}


@pytest.mark.parametrize("code", ["1", "137", "None"])
def test_failing_migration_stops_the_deployment(stage, code):
    played = stage.play("backend.sh", NEW, stage.shop.url, EXIT_CODE=code)
    assert played.returncode == 1
    assert f"exit code {code}" in played.stderr
    assert "ecs update-service" not in stage.calls()
    assert [stage.running(each) for each in ("api", "worker")] == [OLD, OLD]
    with pytest.raises(ClientError, match="ParameterNotFound"):
        released(stage)


def test_shop_that_looks_wrong_is_rolled_back(stage):
    stage.shop.well = False
    played = stage.play("backend.sh", NEW, stage.shop.url)
    assert played.returncode == 1
    assert "smoke: HTTPError" in played.stderr
    assert "rolled back" in played.stderr
    assert [stage.running(each) for each in ("api", "worker")] == [OLD, OLD]
    assert stage.calls().count("ecs update-service") == 4
    with pytest.raises(ClientError, match="ParameterNotFound"):
        released(stage)


def test_services_that_never_settle_are_rolled_back(stage):
    played = stage.play("backend.sh", NEW, stage.shop.url, STABLE="255")
    assert played.returncode == 1
    assert "look at once" in played.stderr
    assert [stage.running(each) for each in ("api", "worker")] == [OLD, OLD]


def test_rollback_by_the_circuit_breaker_is_noticed(stage):
    """ECS went back by itself: the service is stable, but with the old revision."""
    breaker = "ecs update-service --cluster watchstore --service api"
    played = stage.play(
        "backend.sh", NEW, stage.shop.url, ON_STABLE=f"{breaker} --task-definition watchstore-api:1"
    )
    assert played.returncode == 1
    assert "api did not take" in played.stderr
    assert stage.running("worker") == OLD


def test_older_release_returns_without_migrating(stage):
    played = stage.play("backend.sh", NEW, stage.shop.url, MIGRATE="no")
    assert played.returncode == 0, played.stderr
    assert "ecs run-task" not in stage.calls()
    assert [stage.running(each) for each in ("api", "worker")] == [NEW, NEW]
    assert released(stage) == NEW


def test_image_without_digest_is_refused(stage):
    played = stage.play("backend.sh", "watchstore:latest", stage.shop.url)
    assert played.returncode == 1
    assert "names no digest" in played.stderr
    assert not (stage.folder / "calls").exists()


def test_image_is_built_once(stage):
    first = stage.play("build-image.sh", "c0ffee")
    assert first.returncode == 0, first.stderr
    assert "@sha256:" in first.stdout
    assert "docker push" in "\n".join(stage.calls())
    (stage.folder / "calls").unlink()
    second = stage.play("build-image.sh", "c0ffee")
    assert second.stdout == first.stdout
    assert "docker" not in "\n".join(stage.calls())


@pytest.fixture
def frontend(tmp_path):
    assets, templates = tmp_path / "assets", tmp_path / "templates"
    (assets / "js.1a2b").mkdir(parents=True)
    templates.mkdir()
    (assets / "js.1a2b" / "page.js").write_text("export {}")
    (templates / "home.html").write_text("<html>")
    return str(assets), str(templates)


def test_frontend_uploads_assets_then_publishes(stage, frontend):
    s3 = stage.aws.client("s3")
    s3.put_object(Bucket="pages", Key="js.0000/page.js", Body=b"old")
    played = stage.play("frontend.sh", *frontend, "r1", stage.shop.url)
    assert played.returncode == 0, played.stderr
    asset = s3.head_object(Bucket="pages", Key="js.1a2b/page.js")
    assert asset["CacheControl"] == "public, max-age=31536000, immutable"
    assert asset["ContentType"].split("/")[1] == "javascript"
    template = s3.head_object(Bucket="releases", Key="r1/home.html")
    assert template["CacheControl"] == "no-store"
    kept = s3.list_objects_v2(Bucket="pages", Prefix="js.0000")
    assert kept["KeyCount"] == 1
    calls = [call for call in stage.calls() if call in ("s3 sync", "ecs run-task")]
    assert calls == ["s3 sync", "s3 sync", "ecs run-task"]


def test_publish_task_is_told_its_release(stage, frontend):
    stage.play("frontend.sh", *frontend, "r1", stage.shop.url)
    ecs = stage.aws.client("ecs")
    (arn,) = ecs.list_tasks(cluster="watchstore")["taskArns"]
    (task,) = ecs.describe_tasks(cluster="watchstore", tasks=[arn])["tasks"]
    assert "watchstore-publish" in task["taskDefinitionArn"]
    (override,) = task["overrides"]["containerOverrides"]
    assert {"name": "RELEASE", "value": "r1"} in override["environment"]


def test_failed_publication_fails_the_pipeline(stage, frontend):
    played = stage.play("frontend.sh", *frontend, "r1", stage.shop.url, EXIT_CODE="1")
    assert played.returncode == 1
    assert "exit code 1" in played.stderr


def test_nothing_is_published_without_its_assets(stage, frontend):
    played = stage.play("frontend.sh", *frontend, "r1", stage.shop.url, PAGES_BUCKET="nowhere")
    assert played.returncode != 0
    assert "ecs run-task" not in stage.calls()


def test_asset_that_may_change_is_refused(stage, frontend, tmp_path):
    (tmp_path / "assets" / "js").mkdir()
    played = stage.play("frontend.sh", *frontend, "r1", stage.shop.url)
    assert played.returncode == 1
    assert "js is not named after its content" in played.stderr
    assert "ecs run-task" not in stage.calls()


def test_empty_build_is_refused(stage, tmp_path):
    (tmp_path / "empty").mkdir()
    empty = str(tmp_path / "empty")
    played = stage.play("frontend.sh", empty, empty, "r1", stage.shop.url)
    assert played.returncode == 1
    assert "nothing to deploy" in played.stderr
