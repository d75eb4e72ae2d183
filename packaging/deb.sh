#!/usr/bin/env bash
# Build the Debian package, hold it to lintian, and install, run and purge it in a clean root.
# Needs root, the network and cargo-deb (cargo install --locked cargo-deb).
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh lintian debootstrap

SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
cargo build --release --locked --quiet
package=$(cargo deb --locked --no-build --quiet)
# There is no bug in Debian's tracker to close, and no public address of the maintainers yet.
lintian --fail-on error,warning \
  --suppress-tags initial-upload-closes-no-bugs,bogus-mail-host,bogus-mail-host-in-debian-changelog "$package"

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase bookworm "$root" >/dev/null
cp "$package" "$root/tmp/libchar.deb"
inside() { chroot "$root" env LC_ALL=C "$@"; }
inside dpkg -i /tmp/libchar.deb >/dev/null
inside libchar --version
inside sh -c 'mkdir /tmp/x && cd /tmp/x && printf "x\n1\n2\n3\n4\n5\n6\n7\n8\n" >a.csv && libchar spc chart a.csv -c x --exit-zero >/dev/null'
inside dpkg -V libchar
inside dpkg --purge libchar >/dev/null
[ -z "$(find "$root/usr" -name '*libchar*')" ] || { echo 'purge left files of libchar' >&2; exit 1; }
echo "$package"
