#!/bin/sh
# Print passwords for docker-compose.yml: sh deploy/compose/secrets.sh >>.env
# Before the first start: the database keeps the one it was made with.
set -eu
for name in POSTGRES_PASSWORD REDIS_PASSWORD GATEWAY_SECRET; do
    printf '%s=%s\n' "$name" "$(od -An -N 24 -t x1 /dev/urandom | tr -d ' \n')"
done
