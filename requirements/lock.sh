#!/bin/sh
# Write the lock files anew: pinned, hashed, for every platform and Python >= 3.11.
# The resolver asks the same registry as pip does on this machine; the files name none.
set -eu
cd "$(dirname "$0")/.."
venv=.venv-lock
"${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet uv
index=$("$venv/bin/python" -m pip config get global.index-url 2>/dev/null || true)
[ -z "$index" ] || export UV_DEFAULT_INDEX="$index"
unset UV_FIND_LINKS UV_EXTRA_INDEX_URL UV_INDEX || true

compile() {
    "$venv/bin/uv" pip compile --quiet --no-config --universal --fork-strategy fewest --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-annotate --no-header "$@"
}
compile "${UPGRADE:---no-upgrade}" --extra embedded \
    -o requirements/run.txt pyproject.toml requirements/build.in
compile "${UPGRADE:---no-upgrade}" --extra embedded --extra aws --extra otel --extra dev \
    -c requirements/run.txt -o requirements/dev.txt pyproject.toml requirements/build.in
# The image: what serves, without servers and tests; and apart, what builds the package for it.
compile -c requirements/run.txt --extra aws --extra otel -o requirements/image.txt pyproject.toml
compile -c requirements/run.txt -o requirements/build.txt requirements/build.in
rm -rf "$venv"

if grep -nE '(://|--(index|extra-index|find-links|trusted))' requirements/*.txt; then
    echo 'lock: the files above name a place to install from' >&2
    exit 1
fi
