"""Tasks read their secrets when they start: a rotated password needs new tasks."""

from collections.abc import Sequence

from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from stacks.acknowledging import accept


def redeploy_after_rotation(
    scope: Construct, secret: secretsmanager.ISecret, services: Sequence[ecs.BaseService]
) -> None:
    rule = events.Rule(
        scope,
        "Rotated",
        description="Start new tasks when the database's password has changed",
        event_pattern=events.EventPattern(
            source=["aws.secretsmanager"],
            detail_type=["AWS Service Event via CloudTrail"],
            detail={
                "eventName": ["RotationSucceeded"],
                "additionalEventData": {"SecretId": [secret.secret_arn]},
            },
        ),
    )
    for service in services:
        rule.add_target(_renewal(service))
    accept(
        scope,
        "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/"
        "AWSLambdaBasicExecutionRole]",
        "CDK's own function that calls ECS: the policy lets it write its log, nothing else.",
    )


def _renewal(service: ecs.BaseService) -> targets.AwsApi:
    return targets.AwsApi(
        service="ECS",
        action="updateService",
        parameters={
            "cluster": service.cluster.cluster_name,
            "service": service.service_name,
            "forceNewDeployment": True,
        },
        policy_statement=iam.PolicyStatement(
            actions=["ecs:UpdateService"], resources=[service.service_arn]
        ),
    )
