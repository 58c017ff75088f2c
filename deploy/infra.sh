#!/usr/bin/env bash
# Deploy the infrastructure's difference. SITE holds lines of name=value: the context of infra/cdk.json
# that this account needs, such as account=..., domain=..., preset=medium.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../infra"

context=()
while IFS= read -r line; do
    [[ -z $line ]] || context+=(--context "$line")
done <<<"${SITE:?the site, lines of name=value}"

PATH="$PWD/.venv/bin:$PATH"
cdk=(node_modules/.bin/cdk --ci "${context[@]}")
"${cdk[@]}" diff
"${cdk[@]}" deploy --all --require-approval never --concurrency 3
