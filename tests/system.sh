#!/bin/sh
# Chromium, fonts for Chinese, PostgreSQL and nginx for `make test`: installed on Debian as root,
# elsewhere named, so that nothing is skipped in silence.
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
fc-list 2>/dev/null | grep -qi "CJK" || missing="$missing fonts-noto-cjk"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq fontconfig $missing >/dev/null || exit 1
else
    echo "make test needs these packages (Debian names):$missing" >&2
    exit 1
fi
