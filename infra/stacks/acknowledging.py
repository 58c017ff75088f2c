"""Findings of cdk-nag that we accept, each with the reason beside it."""

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct


def accept(construct: IConstruct, rule: str, reason: str) -> None:
    """Record why `rule` of the AwsSolutions pack does not hold for `construct` and below."""
    accept_notice(construct, f"AwsSolutions::AwsSolutions-{rule}", reason)


def accept_notice(construct: IConstruct, notice: str, reason: str) -> None:
    """The same for anything else that a synthesis reports, by its full name."""
    Validations.of(construct).acknowledge(Acknowledgment(id=notice, reason=reason))
