#!/usr/bin/env bash
# Deploy the frontend: frontend.sh ASSETS TEMPLATES RELEASE URL.
# Assets first: a page may only name what is there. Old ones stay for pages that are still open.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=deploy/lib.sh
source lib.sh

assets=${1:?the folder of assets} templates=${2:?the folder of templates}
release=${3:?the release} url=${4:?the address of the shop}
: "${PAGES_BUCKET:?}" "${RELEASES_BUCKET:?}"
[[ -n $(ls -A "$assets") && -n $(ls -A "$templates") ]] || die 'there is nothing to deploy'

say 'Uploading assets'
# A folder's name changes with its content, so the same size in the same place is the same file.
for folder in "$assets"/*/; do
    name=$(basename "$folder")
    [[ $name =~ ^(css|js|img)\.[0-9a-f]+$ ]] || die "$name is not named after its content"
    aws s3 sync "$folder" "s3://$PAGES_BUCKET/$name" --size-only --no-progress \
        --cache-control 'public, max-age=31536000, immutable' >&2
done
say 'Uploading templates'
aws s3 sync "$templates" "s3://$RELEASES_BUCKET/$release" --no-progress \
    --cache-control 'no-store' >&2
say 'Publishing'
run_task watchstore-publish "{\"containerOverrides\": [{\"name\": \"shop\",
    \"environment\": [{\"name\": \"RELEASE\", \"value\": \"$release\"}]}]}"
python3 smoke.py "$url"
say "Published $release"
