#!/usr/bin/env bash
# Brings a Redis server into the data folder without root, for Debian and Ubuntu: the distribution's own packages,
# checked by apt, unpacked and not installed. `npm start` and the tests find it there by themselves.
set -euo pipefail

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
target="${DATA_DIR:-$project/.data}/redis-server"

fail() {
  echo "redis:fetch: $1" >&2
  echo 'Other ways: apt install redis-server, brew install redis, docker compose up redis (and set REDIS_URL).' >&2
  echo 'Without any Redis everything still runs; only the queue is left out.' >&2
  exit 1
}

command -v apt-get > /dev/null && command -v dpkg > /dev/null || fail 'this needs Debian or Ubuntu (apt-get and dpkg).'

# Needed by the server and often not on a bare machine. Names differ between releases: take those that exist.
wanted=(redis-server redis-tools libjemalloc2 liblua5.1-0 lua-cjson lua-bitop libatomic1
  libhiredis0.14 libhiredis1.1.0 liblzf1 libsystemd0)
packages=()
for name in "${wanted[@]}"; do
  if [ -n "$(apt-cache show "$name" 2> /dev/null | head -n 1)" ]; then packages+=("$name"); fi
done
[[ " ${packages[*]-} " == *' redis-tools '* ]] || fail 'apt knows no redis-tools; its lists may be empty (apt-get update).'

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# Run as root, apt downloads as its own user: the folder must be open to it.
chmod 755 "$work"
if [ "$(id -u)" -eq 0 ]; then chown _apt "$work" 2> /dev/null || true; fi
(cd "$work" && apt-get -qq download "${packages[@]}") || fail 'apt-get download failed.'
for package in "$work"/*.deb; do dpkg -x "$package" "$work/root"; done

server="$(find "$work/root/usr/bin" -name redis-server | head -n 1)"
[ -n "$server" ] || fail 'the packages hold no redis-server.'
libraries="$(find "$work/root" -name '*.so*' -printf '%h\n' | sort -u | sed "s|^$work/root||" | tr '\n' ' ')"

rm -rf "$target"
mkdir -p "$(dirname "$target")"
mv "$work/root" "$target"
{
  echo '#!/bin/sh'
  echo 'here="${0%/*}"'
  echo 'libraries=""'
  for folder in $libraries; do echo "libraries=\"\$libraries\$here$folder:\""; done
  echo 'LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH:-}" exec "$here/usr/bin/redis-server" "$@"'
} > "$target/redis-server"
chmod 755 "$target/redis-server"

version="$("$target/redis-server" --version)" || fail 'the fetched server does not run here.'
echo "$version"
echo "In $target; npm start and npm test use it when no redis-server is on PATH."
