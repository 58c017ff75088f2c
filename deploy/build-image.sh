#!/usr/bin/env bash
# Build the image once and push it: build-image.sh COMMIT. Prints its address with the digest.
# Tags can't be moved, so a second run for the same commit finds the image that is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=deploy/lib.sh
source lib.sh

digest_of() { # tag; empty when there is none
    aws ecr describe-images --repository-name watchstore --image-ids "imageTag=$1" \
        --query 'imageDetails[0].imageDigest' --output text 2>/dev/null || true
}

commit=${1:?the commit to build}
address=$(aws ecr describe-repositories --repository-names watchstore \
    --query 'repositories[0].repositoryUri' --output text)
digest=$(digest_of "$commit")
if [[ $digest != sha256:* ]]; then
    aws ecr get-login-password | docker login --username AWS --password-stdin "${address%%/*}" >&2
    docker build --pull --platform linux/arm64 --build-arg "REVISION=$commit" \
        --tag "$address:$commit" .. >&2
    docker push "$address:$commit" >&2
    digest=$(digest_of "$commit")
fi
by_digest "$address@$digest"
printf '%s@%s\n' "$address" "$digest"
