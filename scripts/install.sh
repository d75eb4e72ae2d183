#!/usr/bin/env bash
# Installs Debian packages that are missing.
#   scripts/install.sh PACKAGE...
# Needs root or sudo only if something is missing; without either it names the command and exits 2.
set -euo pipefail

missing=()
for package in "$@"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}")
if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo)
elif command -v sudo >/dev/null && [ -t 0 ]; then
  as_root=(sudo)
else
  printf 'These packages are missing; install them as root, then try again:\n' >&2
  printf '  apt-get update && apt-get install --no-install-recommends %s\n' "${missing[*]}" >&2
  exit 2
fi
"${as_root[@]}" apt-get update -qq
# The daemons of the packages are not started: the tests start their own, on other ports.
"${as_root[@]}" env RUNLEVEL=1 "${install[@]}" >/dev/null
