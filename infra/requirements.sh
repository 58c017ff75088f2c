#!/bin/sh
# Write requirements.txt anew: pinned, hashed, for every platform. It names no place to install from.
set -eu
cd "$(dirname "$0")"
venv=.venv-lock
"${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet uv
index=$("$venv/bin/python" -m pip config get global.index-url 2>/dev/null || true)
[ -z "$index" ] || export UV_DEFAULT_INDEX="$index"
"$venv/bin/uv" pip compile --quiet --no-config --universal --python-version 3.11 \
    --generate-hashes --no-emit-index-url --no-annotate --no-header "${UPGRADE:---no-upgrade}" \
    -o requirements.txt requirements.in
rm -rf "$venv"
