"""What differs between deployments: the size (a preset) and the site (account, names, places)."""

from dataclasses import dataclass
from typing import Final, Literal

Capacity = Literal["fargate", "ec2"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """One ECS service: the size of a task, how many at least and at most."""

    cpu: int
    memory: int
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """One RDS instance with its standby; storage in GiB grows by itself up to `most_storage`."""

    instance: str
    connections: int  # the alarm; about 70 % of what the instance's memory allows
    storage: int
    most_storage: int
    backup_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """One primary with replicas that take over."""

    node: str
    replicas: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """One size of shop."""

    name: str
    zones: int
    api: Tasks
    worker: Tasks
    database: Database
    cache: Cache
    requests_per_task: int  # a minute; 60 % of what one task did in our own load test
    drop_tasks: int  # API tasks that stand ready when a drop begins


SMALL: Final = Preset(
    name="small",
    zones=2,
    api=Tasks(cpu=1024, memory=2048, least=2, most=6),
    worker=Tasks(cpu=256, memory=512, least=2, most=4),
    database=Database(
        instance="t4g.medium", connections=300, storage=50, most_storage=200, backup_days=14
    ),
    cache=Cache(node="cache.t4g.small", replicas=1),
    requests_per_task=3000,
    drop_tasks=4,
)
MEDIUM: Final = Preset(
    name="medium",
    zones=2,
    api=Tasks(cpu=1024, memory=2048, least=3, most=20),
    worker=Tasks(cpu=512, memory=1024, least=2, most=8),
    database=Database(
        instance="m7g.large", connections=600, storage=100, most_storage=500, backup_days=14
    ),
    cache=Cache(node="cache.t4g.medium", replicas=1),
    requests_per_task=3000,
    drop_tasks=10,
)
LARGE: Final = Preset(
    name="large",
    zones=3,
    api=Tasks(cpu=2048, memory=4096, least=6, most=60),
    worker=Tasks(cpu=512, memory=1024, least=3, most=20),
    database=Database(
        instance="m7g.2xlarge", connections=2400, storage=500, most_storage=2000, backup_days=35
    ),
    cache=Cache(node="cache.m7g.large", replicas=2),
    requests_per_task=6000,
    drop_tasks=30,
)
PRESETS: Final = {preset.name: preset for preset in (SMALL, MEDIUM, LARGE)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the shop stands and what it is called; every field is a `-c name=value` of cdk."""

    preset: Preset
    account: str
    region: str
    domain: str
    zone_id: str
    repository: str  # owner/name on GitHub
    alarm_mail: str
    mail_from: str
    seller_name: str
    seller_address: str  # on invoices, its lines parted by commas
    seller_tax_id: str
    tasks_behind_nat: bool = False
    stripe: bool = True  # takes the cards: the checkout page lets its script in
    capacity: Capacity = "fargate"
    drop_starts: str = "30 17 ? * FRI *"  # cron, UTC
    drop_ends: str = "0 21 ? * FRI *"
    stripe_key: str = ""  # the publishable one; without it the shop takes no payments

    def __post_init__(self) -> None:
        if self.capacity == "ec2" and not self.tasks_behind_nat:
            raise ValueError(
                "capacity=ec2 needs tasks_behind_nat=true: "
                "a task on EC2 gets no public address, so it has no way out of a public subnet"
            )

    @property
    def origin(self) -> str:
        """The balancer's own name, which only CloudFront uses."""
        return f"origin.{self.domain}"

    @property
    def pages_bucket(self) -> str:
        return f"watchstore-pages-{self.account}"

    @property
    def releases_bucket(self) -> str:
        return f"watchstore-releases-{self.account}"


def site(context: dict[str, object]) -> Site:
    """Read the site from cdk's context; a wrong preset or capacity is refused by name."""

    def text(name: str) -> str:
        return str(context[name])

    if text("preset") not in PRESETS:
        raise ValueError(f"preset must be one of {', '.join(PRESETS)}")
    capacity = text("capacity")
    if capacity not in ("fargate", "ec2"):
        raise ValueError("capacity must be fargate or ec2")
    return Site(
        preset=PRESETS[text("preset")],
        tasks_behind_nat=text("tasks_behind_nat").lower() == "true",
        stripe=text("stripe").lower() == "true",
        capacity="ec2" if capacity == "ec2" else "fargate",
        **{name: text(name) for name in _TEXTS},
    )


_TEXTS: Final = (
    "account",
    "region",
    "domain",
    "zone_id",
    "repository",
    "alarm_mail",
    "mail_from",
    "seller_name",
    "seller_address",
    "seller_tax_id",
    "drop_starts",
    "drop_ends",
    "stripe_key",
)
