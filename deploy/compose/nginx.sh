#!/bin/sh
# Start nginx with the name server of the network it finds itself in: nginx wants it spelled out.
set -eu
awk '/^nameserver/ { print "resolver " $2 " valid=5s ipv6=off;"; exit }' /etc/resolv.conf \
    >/tmp/resolver.conf
rm -f /tmp/shop.sock
exec nginx -c /etc/watchstore/nginx.conf -g 'daemon off;'
