#!/bin/sh
# Chromium and a Chinese font for the browser tests. Always exits 0: without them those tests are skipped, loudly.
set -u

have_browser() { command -v chromium >/dev/null 2>&1; }
have_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list ':lang=zh-cn' family 2>/dev/null | head -n 1)" ]; }
skip() { echo "browser tests will be skipped: $1" >&2; exit 0; }

have_browser && have_font && exit 0
have_browser && ! command -v apt-get >/dev/null 2>&1 && exit 0
command -v apt-get >/dev/null 2>&1 || skip "no chromium, and no apt-get to install it with"
[ "$(id -u)" = 0 ] || skip "chromium or a Chinese font is missing; as root: apt-get install chromium fonts-noto-cjk"

wanted=""
have_browser || wanted="chromium"
have_font || wanted="$wanted fontconfig fonts-noto-cjk"
echo "Installing for the browser tests: $wanted …" >&2
log=$(mktemp)
if ! { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $wanted; } >"$log" 2>&1; then
  tail -n 3 "$log" >&2
  rm -f "$log"
  have_browser || skip "installing $wanted failed"
fi
rm -f "$log"
exit 0
