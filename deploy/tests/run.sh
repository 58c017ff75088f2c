#!/bin/sh
# Build the image and run docker-compose.yml for real, with podman and runc: run.sh PYTHON
# No daemon and no registry are needed; what is kept for the next run lies in build/containers.
set -eu
cd "$(dirname "$0")/../.."
python=${1:?the interpreter with the requirements of the tests}

cannot() {
    printf '\n  *** THE CONTAINERS WERE NOT TESTED: %s ***\n\n' "$1" >&2
    exit 0
}

lacks() {
    for tool in podman runc mmdebstrap iptables catatonit; do
        command -v "$tool" >/dev/null || return 0
    done
    [ ! -x /usr/lib/podman/netavark ] || [ ! -x /usr/lib/podman/aardvark-dns ]
}

[ "$(uname -s)" = Linux ] || cannot 'this needs Linux'
[ "$(id -u)" = 0 ] || cannot 'this needs root'
if lacks; then
    command -v apt-get >/dev/null || cannot 'podman, runc and mmdebstrap are not installed'
    echo 'Installing podman, runc and mmdebstrap'
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends \
        podman runc netavark aardvark-dns iptables catatonit mmdebstrap; } >/dev/null 2>&1 \
        || cannot 'podman, runc and mmdebstrap cannot be installed'
    ! lacks || cannot 'this system has another podman than the tests know'
fi

code=0
"$python" deploy/tests/prepare.py || code=$?
[ "$code" != 3 ] || cannot 'no container can be run here (see above)'
[ "$code" = 0 ] || exit "$code"
exec "$python" -m pytest -q -c deploy/tests/pytest.ini deploy/tests
