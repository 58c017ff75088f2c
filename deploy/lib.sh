# shellcheck shell=bash
# What the deploy scripts share. Sourced; every script sets strict mode itself.
# The region and the credentials come from the environment, as the AWS CLI reads them.

CLUSTER=${CLUSTER:-watchstore}
NETWORK_PARAMETER=${NETWORK_PARAMETER:-/watchstore/network}
IMAGE_PARAMETER=${IMAGE_PARAMETER:-/watchstore/image}
export AWS_PAGER=

say() { printf '%s\n' "$*" >&2; }

die() {
    say "deploy: $*"
    exit 1
}

here() { cd "$(dirname "${BASH_SOURCE[0]}")" && pwd; }

parameter() { # name
    aws ssm get-parameter --name "$1" --query Parameter.Value --output text
}

by_digest() { # image: a tag can be moved, a digest can't
    [[ $1 =~ @sha256:[0-9a-f]{64}$ ]] || die "'$1' names no digest"
}

# A new revision of a task definition: the latest one with another image. Answers its ARN.
register() { # kind, image
    local definition
    definition=$(aws ecs describe-task-definition --task-definition "watchstore-$1" \
        --query taskDefinition --output json | python3 "$(here)/with_image.py" "$2")
    aws ecs register-task-definition --cli-input-json "$definition" \
        --query taskDefinition.taskDefinitionArn --output text
}

# Start a one-off task, wait for its end and check how it ended: the waiter is content with any.
run_task() { # task definition, overrides
    local task code network
    network=$(parameter "$NETWORK_PARAMETER")
    task=$(aws ecs run-task --cluster "$CLUSTER" --task-definition "$1" --launch-type FARGATE \
        --network-configuration "$network" --overrides "$2" \
        --query 'tasks[0].taskArn' --output text)
    [[ $task == arn:* ]] || die "$1 could not be started"
    aws ecs wait tasks-stopped --cluster "$CLUSTER" --tasks "$task"
    code=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks "$task" \
        --query 'tasks[0].containers[0].exitCode' --output text)
    [[ $code == 0 ]] || die "$1 ended with exit code $code"
}
