#!/usr/bin/env bash
# Deploy the backend: backend.sh IMAGE@DIGEST URL. Migrate (expand), roll out, look, or roll back.
# MIGRATE=no deploys an image without migrating: that is how one goes back to an older release.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=deploy/lib.sh
source lib.sh

SERVICES=(api worker)

running() { # service: the revision that new tasks get
    aws ecs describe-services --cluster "$CLUSTER" --services "$1" \
        --query 'services[0].taskDefinition' --output text
}

update() { # service, revision
    aws ecs update-service --cluster "$CLUSTER" --service "$1" --task-definition "$2" \
        --query service.serviceName --output text >&2
}

settle() { aws ecs wait services-stable --cluster "$CLUSTER" --services "${SERVICES[@]}"; }

# ECS may have rolled back by itself (circuit breaker, alarm): stable isn't enough.
took() { # service, revision
    [[ $(running "$1") == "$2" ]] || { say "$1 did not take $2"; return 1; }
}

migrate() {
    local revision
    say 'Migrating'
    revision=$(register migrate "$image")
    run_task "$revision" '{}'
}

roll_out() {
    local service
    for service in "${SERVICES[@]}"; do update "$service" "${next[$service]}" || return; done
    settle || return
    for service in "${SERVICES[@]}"; do took "$service" "${next[$service]}" || return; done
    python3 smoke.py "$url"
}

roll_back() {
    local service
    say 'Rolling back'
    for service in "${SERVICES[@]}"; do update "$service" "${before[$service]}"; done
    settle || say 'the services are not stable after the rollback: look at once'
    die 'the release was rolled back'
}

image=${1:?the image with its digest} url=${2:?the address of the shop}
by_digest "$image"
[[ ${MIGRATE:-yes} == no ]] || migrate
declare -A before next
for service in "${SERVICES[@]}"; do
    before[$service]=$(running "$service")
    next[$service]=$(register "$service" "$image")
done
roll_out || roll_back
# From here on: publishing uses this release, and so does whoever deploys the infrastructure.
register publish "$image" >&2
aws ssm put-parameter --name "$IMAGE_PARAMETER" --value "$image" --type String --overwrite \
    --output text >&2
say "Released $image"
