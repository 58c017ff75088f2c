"""The web application firewall before CloudFront."""

from typing import Final

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_logs as logs
from aws_cdk import aws_wafv2 as waf

# Imports of the back office are larger than AWS's 8 KB; the shop has limits of its own.
_MANAGED: Final = (
    ("AWSManagedRulesAmazonIpReputationList", ()),
    ("AWSManagedRulesCommonRuleSet", ("SizeRestrictions_BODY",)),
    ("AWSManagedRulesKnownBadInputsRuleSet", ()),
    ("AWSManagedRulesSQLiRuleSet", ()),
)
_REQUESTS_IN_5_MINUTES: Final = 3000
_SIGN_INS_IN_5_MINUTES: Final = 50


def firewall(stack: Stack) -> waf.CfnWebACL:
    managed = [
        _managed(priority, name, counted) for priority, (name, counted) in enumerate(_MANAGED)
    ]
    acl = waf.CfnWebACL(
        stack,
        "Firewall",
        name="watchstore",
        scope="CLOUDFRONT",
        default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
        visibility_config=_seen("watchstore"),
        rules=[
            *managed,
            _rate(10, "requests", _REQUESTS_IN_5_MINUTES, None),
            _rate(11, "sign-ins", _SIGN_INS_IN_5_MINUTES, _signing_in()),
        ],
    )
    _log(stack, acl)
    return acl


def _log(stack: Stack, acl: waf.CfnWebACL) -> None:
    """AWS takes log groups whose name begins with aws-waf-logs- only."""
    group = logs.LogGroup(
        stack,
        "FirewallLog",
        log_group_name="aws-waf-logs-watchstore",
        retention=logs.RetentionDays.ONE_MONTH,
        removal_policy=RemovalPolicy.DESTROY,
    )
    arn = f"arn:aws:logs:{stack.region}:{stack.account}:log-group:aws-waf-logs-watchstore"
    logging = waf.CfnLoggingConfiguration(
        stack,
        "FirewallLogging",
        resource_arn=acl.attr_arn,
        log_destination_configs=[arn],
        redacted_fields=[
            waf.CfnLoggingConfiguration.FieldToMatchProperty(single_header={"Name": name})
            for name in ("cookie", "authorization")
        ],
    )
    logging.node.add_dependency(group)


def _seen(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=True
    )


def _managed(priority: int, name: str, counted: tuple[str, ...]) -> waf.CfnWebACL.RuleProperty:
    overrides = [
        waf.CfnWebACL.RuleActionOverrideProperty(
            name=rule, action_to_use=waf.CfnWebACL.RuleActionProperty(count={})
        )
        for rule in counted
    ]
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
        visibility_config=_seen(name),
        statement=waf.CfnWebACL.StatementProperty(
            managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(
                vendor_name="AWS", name=name, rule_action_overrides=overrides or None
            )
        ),
    )


def _rate(
    priority: int, name: str, limit: int, scope_down: waf.CfnWebACL.StatementProperty | None
) -> waf.CfnWebACL.RuleProperty:
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        action=waf.CfnWebACL.RuleActionProperty(block={}),
        visibility_config=_seen(name),
        statement=waf.CfnWebACL.StatementProperty(
            rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                aggregate_key_type="IP", limit=limit, scope_down_statement=scope_down
            )
        ),
    )


def _signing_in() -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(
        byte_match_statement=waf.CfnWebACL.ByteMatchStatementProperty(
            field_to_match=waf.CfnWebACL.FieldToMatchProperty(uri_path={}),
            positional_constraint="EXACTLY",
            search_string="/api/v1/session",
            text_transformations=[
                waf.CfnWebACL.TextTransformationProperty(priority=0, type="LOWERCASE")
            ],
        )
    )
