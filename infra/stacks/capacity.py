"""EC2 machines for the tasks instead of Fargate: cheaper when they are always busy."""

from aws_cdk import Duration
from aws_cdk import aws_autoscaling as autoscaling
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_iam as iam

from stacks.acknowledging import accept
from stacks.network import NetworkStack


def add_machines(cluster: ecs.Cluster, network: NetworkStack) -> str:
    """Add a group of machines that ECS grows and shrinks; answers its provider's name."""
    template = _template(cluster, network)
    group = autoscaling.AutoScalingGroup(
        cluster,
        "Machines",
        vpc=network.vpc,
        vpc_subnets=network.task_subnets,
        launch_template=template,
        min_capacity=2,
        max_capacity=20,
        health_checks=autoscaling.HealthChecks.ec2(grace_period=Duration.minutes(2)),
        new_instances_protected_from_scale_in=True,
    )
    accept(
        group,
        "AS3",
        "ECS replaces machines by itself; what matters, tasks that are missing, has an alarm.",
    )
    provider = ecs.AsgCapacityProvider(
        cluster,
        "MachinesProvider",
        auto_scaling_group=group,
        enable_managed_scaling=True,
        enable_managed_termination_protection=True,
        enable_managed_draining=True,
        target_capacity_percent=90,
    )
    cluster.add_asg_capacity_provider(provider)
    for finding in ("Action::ecs:Submit*", "Resource::*"):
        accept(
            cluster,
            f"IAM5[{finding}]",
            "What the ECS agent on a machine needs, as CDK writes it: bound to this cluster "
            "where AWS lets it be.",
        )
    return provider.capacity_provider_name


def _template(cluster: ecs.Cluster, network: NetworkStack) -> ec2.LaunchTemplate:
    role = iam.Role(cluster, "MachineRole", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"))
    disk = ec2.BlockDeviceVolume.ebs(30, encrypted=True, volume_type=ec2.EbsDeviceVolumeType.GP3)
    group = ec2.SecurityGroup.from_security_group_id(
        cluster, "MachineGroup", network.app.security_group_id, mutable=False
    )
    return ec2.LaunchTemplate(
        cluster,
        "Machine",
        machine_image=ecs.EcsOptimizedImage.amazon_linux2023(ecs.AmiHardwareType.ARM),
        instance_type=ec2.InstanceType("m7g.large"),
        user_data=ec2.UserData.for_linux(),
        role=role,
        security_group=group,
        require_imdsv2=True,
        http_put_response_hop_limit=1,
        detailed_monitoring=True,
        block_devices=[ec2.BlockDevice(device_name="/dev/xvda", volume=disk)],
    )
