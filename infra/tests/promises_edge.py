"""What we promise of CloudFront, the buckets, the firewall, alarms and the pipelines' rights."""

from typing import Any

from aws_cdk.assertions import Match

from promises import as_text, only, promise
from templates import Templates

CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
RULES = {
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
    "requests",
    "sign-ins",
}
ALARMS = {
    "api-slow",
    "api-unhealthy",
    "api-too-few",
    "balancer-errors",
    "database-busy",
    "database-full",
    "database-connections",
    "cache-full",
    "cache-busy",
    "payments-declined",
    "orders-failing",
    "outbox-late",
    "worker-silent",
    "dead-letters",
}


def _distribution(templates: Templates) -> dict[str, Any]:
    config: dict[str, Any] = templates.one("edge", "CloudFront::Distribution")["DistributionConfig"]
    return config


@promise
def buckets_are_private(templates: Templates) -> None:
    blocked = {
        "BlockPublicAcls": True,
        "BlockPublicPolicy": True,
        "IgnorePublicAcls": True,
        "RestrictPublicBuckets": True,
    }
    for stack in ("edge", "app"):
        templates.every(stack, "S3::Bucket", PublicAccessBlockConfiguration=blocked)
        for name, policy in templates.find(stack, "S3::BucketPolicy"):
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
                anyone = statement["Principal"] in ("*", {"AWS": "*"})
                assert not (anyone and statement["Effect"] == "Allow"), name


@promise
def buckets_take_tls_alone(templates: Templates) -> None:
    for stack in ("edge", "app"):
        buckets = list(templates.find(stack, "S3::Bucket"))
        refusing = [
            policy
            for _, policy in templates.find(stack, "S3::BucketPolicy")
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]
            if statement["Effect"] == "Deny" and "aws:SecureTransport" in as_text(statement)
        ]
        assert len(refusing) == len(buckets), stack


@promise
def buckets_are_encrypted_and_stay(templates: Templates) -> None:
    for stack in ("edge", "app"):
        templates.every(stack, "S3::Bucket", BucketEncryption=Match.any_value())
        templates.kept(stack, "S3::Bucket", "Retain")


@promise
def bad_publications_can_be_undone(templates: Templates) -> None:
    for name in ("Pages", "Releases"):
        bucket = templates.one("edge", "S3::Bucket", like=name)
        assert bucket.get("VersioningConfiguration") == {"Status": "Enabled"}, name
        rules = bucket["LifecycleConfiguration"]["Rules"]
        assert not [rule for rule in rules if "ExpirationInDays" in rule], name


@promise
def pages_are_read_by_cloudfront_alone(templates: Templates) -> None:
    templates.every(
        "edge",
        "CloudFront::OriginAccessControl",
        OriginAccessControlConfig=Match.object_like(
            {"SigningBehavior": "always", "SigningProtocol": "sigv4"}
        ),
    )
    pages = _distribution(templates)["Origins"][0]
    assert "OriginAccessControlId" in pages
    policy = templates.one("edge", "S3::BucketPolicy", like="Pages")["PolicyDocument"]
    allowed = only([each for each in policy["Statement"] if each["Effect"] == "Allow"])
    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert "Distribution" in as_text(allowed["Condition"]["StringEquals"]["AWS:SourceArn"])


@promise
def browsers_use_https_alone(templates: Templates) -> None:
    config = _distribution(templates)
    behaviours = [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]
    policies = {each["ViewerProtocolPolicy"] for each in behaviours}
    assert policies <= {"https-only", "redirect-to-https"}
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"


@promise
def cloudfront_reaches_the_balancer_with_tls_and_secret(templates: Templates) -> None:
    origin = only([o for o in _distribution(templates)["Origins"] if "CustomOriginConfig" in o])
    assert origin["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    assert origin["CustomOriginConfig"]["OriginSSLProtocols"] == ["TLSv1.2"]
    header = only(origin["OriginCustomHeaders"])
    assert header["HeaderName"] == "X-Origin-Secret"
    assert "resolve:secretsmanager" in header["HeaderValue"]


@promise
def personal_answers_are_never_shared(templates: Templates) -> None:
    api = only(
        [b for b in _distribution(templates)["CacheBehaviors"] if b["PathPattern"] == "/api/*"]
    )
    assert api["CachePolicyId"] == CACHING_DISABLED
    templates.every(
        "edge",
        "CloudFront::CachePolicy",
        CachePolicyConfig=Match.object_like(
            {
                "MinTTL": 0,
                "ParametersInCacheKeyAndForwardedToOrigin": Match.object_like(
                    {"CookiesConfig": {"CookieBehavior": "none"}}
                ),
            }
        ),
    )


@promise
def errors_of_the_api_arrive_as_they_are(templates: Templates) -> None:
    assert not _distribution(templates).get("CustomErrorResponses")


@promise
def pages_carry_security_headers(templates: Templates) -> None:
    behaviour = _distribution(templates)["DefaultCacheBehavior"]
    assert "ResponseHeadersPolicyId" in behaviour
    for name in ("PageHeaders", "CheckoutHeaders"):
        policy = templates.one("edge", "CloudFront::ResponseHeadersPolicy", like=name)
        headers = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
        assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31536000
        csp = headers["ContentSecurityPolicy"]["ContentSecurityPolicy"]
        assert "default-src 'self'" in csp
        assert "unsafe" not in csp
        assert headers["FrameOptions"]["FrameOption"] == "DENY"
        assert headers["ContentTypeOptions"]["Override"] is True


def _csp_of(templates: Templates, behaviour: dict[str, Any]) -> str:
    name = behaviour["ResponseHeadersPolicyId"]["Ref"]
    policy = templates.one("edge", "CloudFront::ResponseHeadersPolicy", like=name)
    headers = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    csp: str = headers["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    return csp


@promise
def checkout_alone_admits_stripe(templates: Templates) -> None:
    config = _distribution(templates)
    assert "stripe" not in _csp_of(templates, config["DefaultCacheBehavior"])
    found = {each["PathPattern"]: each for each in config["CacheBehaviors"]}
    admitting = {path for path, each in found.items() if "ResponseHeadersPolicyId" in each}
    assert admitting == {"/checkout*", "/de/checkout*"}
    for path in admitting:
        parts = _csp_of(templates, found[path]).split("; ")
        assert "script-src 'self' https://js.stripe.com" in parts
        assert "connect-src 'self' https://api.stripe.com" in parts
        assert "frame-src https://js.stripe.com https://hooks.stripe.com" in parts


@promise
def firewall_stands_before_everything(templates: Templates) -> None:
    assert _distribution(templates)["WebACLId"] == {"Fn::GetAtt": ["Firewall", "Arn"]}
    acl = templates.one("edge", "WAFv2::WebACL")
    assert acl["Scope"] == "CLOUDFRONT"
    assert {rule["Name"] for rule in acl["Rules"]} == RULES
    for rule in acl["Rules"]:
        assert "Count" not in rule.get("OverrideAction", {}), rule["Name"]
        assert rule.get("Action", {"Block": {}}) == {"Block": {}}, rule["Name"]


@promise
def sign_ins_are_limited(templates: Templates) -> None:
    acl = templates.one("edge", "WAFv2::WebACL")
    rule = only([each for each in acl["Rules"] if each["Name"] == "sign-ins"])
    limit = rule["Statement"]["RateBasedStatement"]
    assert limit["Limit"] <= 100
    assert "/api/v1/session" in as_text(limit["ScopeDownStatement"])


# Alarms


@promise
def everything_that_breaks_has_an_alarm(templates: Templates) -> None:
    found = templates.find("observability", "CloudWatch::Alarm")
    names = {resource["Properties"]["AlarmName"] for _, resource in found}
    assert names == {f"watchstore-{name}" for name in ALARMS}


@promise
def alarms_reach_somebody(templates: Templates) -> None:
    to_topic = Match.array_with([{"Ref": Match.string_like_regexp("^Alarms")}])
    for kind in ("CloudWatch::Alarm", "CloudWatch::CompositeAlarm"):
        templates.every("observability", kind, AlarmActions=to_topic)
    templates.every("observability", "SNS::Subscription", Protocol="email")
    statements = templates.one("observability", "SNS::TopicPolicy")["PolicyDocument"]["Statement"]
    allowed = [each for each in statements if each["Effect"] == "Allow"]
    assert [each["Principal"] for each in allowed] == [{"Service": "cloudwatch.amazonaws.com"}]


@promise
def silence_is_an_alarm_too(templates: Templates) -> None:
    for name in ("api-too-few", "worker-silent"):
        templates.some(
            "observability",
            "CloudWatch::Alarm",
            AlarmName=f"watchstore-{name}",
            TreatMissingData="breaching",
            ComparisonOperator="LessThanThreshold",
        )


@promise
def the_business_is_measured(templates: Templates) -> None:
    found = templates.find("app", "Logs::MetricFilter")
    names = {r["Properties"]["MetricTransformations"][0]["MetricName"] for _, r in found}
    wanted = {"Orders", "PaymentsDeclined", "OrdersFailed", "Duration", "OutboxLag"}
    assert wanted | {"OutboxPending", "DeadLetters"} == names
    board = as_text(templates.one("observability", "CloudWatch::Dashboard"))
    for shown in ("Orders", "PaymentsDeclined", "OutboxLag", "RequestCount", "TargetResponseTime"):
        assert shown in board, shown


# Pipelines


@promise
def github_needs_no_key(templates: Templates) -> None:
    assert not list(templates.find("cicd", "IAM::User"))
    assert not list(templates.find("cicd", "IAM::AccessKey"))
    provider = templates.one("cicd", "IAM::OIDCProvider")
    assert provider["ClientIdList"] == ["sts.amazonaws.com"]


@promise
def each_role_belongs_to_one_environment(templates: Templates) -> None:
    roles = [resource["Properties"] for _, resource in templates.find("cicd", "IAM::Role")]
    assert len(roles) == 4
    for role in roles:
        statement = only(role["AssumeRolePolicyDocument"]["Statement"])
        assert list(statement["Condition"]) == ["StringEquals"], role["RoleName"]
        claims = statement["Condition"]["StringEquals"]
        subject = claims["token.actions.githubusercontent.com:sub"]
        environment = role["RoleName"].removeprefix("watchstore-")
        assert subject == f"repo:example/watchstore:environment:{environment}"
        assert claims["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com"


@promise
def pipelines_have_few_rights(templates: Templates) -> None:
    for name, policy in templates.find("cicd", "IAM::Policy"):
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
            actions = statement["Action"]
            actions = [actions] if isinstance(actions, str) else actions
            assert not [action for action in actions if "*" in action], (name, actions)
            assert not [action for action in actions if "Delete" in action], (name, actions)
            if "iam:PassRole" in actions:
                passed = statement["Condition"]["StringEquals"]["iam:PassedToService"]
                assert passed == "ecs-tasks.amazonaws.com", name


@promise
def images_never_change(templates: Templates) -> None:
    templates.every(
        "cicd",
        "ECR::Repository",
        ImageTagMutability="IMMUTABLE",
        ImageScanningConfiguration={"ScanOnPush": True},
    )
