#!/usr/bin/env bash
# Build an image of the Open Container Initiative without a daemon: the binary, the libraries it needs, ngspice is not in it.
#   packaging/image.sh [FILE.tar]
# Needs root and buildah.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(realpath -m "${1:-target/libchar-image.tar}")
scripts/install.sh buildah
cargo build --release --locked --quiet

store=$(mktemp -d)
trap 'rm -rf "$store"' EXIT
b() { buildah --storage-driver vfs --root "$store/root" --runroot "$store/run" "$@"; }
container=$(b from scratch)
mount=$(b mount "$container")
install -D target/release/libchar "$mount/usr/bin/libchar"
ldd target/release/libchar | grep -o '/[^ ]*' | sort -u | while read -r library; do install -D "$library" "$mount$library"; done
mkdir -p "$mount/work" "$mount/tmp" "$mount/etc"
chmod 1777 "$mount/tmp" "$mount/work"
printf 'libchar:x:1000:1000::/work:/usr/bin/libchar\n' >"$mount/etc/passwd"
cp -a examples "$mount/usr/share-examples"
mkdir -p "$mount/usr/share/libchar" && mv "$mount/usr/share-examples" "$mount/usr/share/libchar/examples"
b umount "$container" >/dev/null
b config --entrypoint '["/usr/bin/libchar"]' --user 1000:1000 --workingdir /work --env HOME=/work "$container"

# The image runs as it will be used: without root, from its own files.
b run --isolation chroot "$container" -- /usr/bin/libchar --version
b run --isolation chroot "$container" -- /usr/bin/libchar spc chart /usr/share/libchar/examples/spc/oxide.csv --column tox_nm --exit-zero >/dev/null
b run --isolation chroot "$container" -- /usr/bin/libchar diffuse /usr/share/libchar/examples/diffuse/npn.toml --exit-zero >/dev/null
b commit --timestamp 0 --format oci "$container" libchar >/dev/null
mkdir -p "$(dirname "$target")"
rm -f "$target"
b push --quiet libchar "oci-archive:$target"
size=$(stat -c %s "$target")
echo "$target $size bytes"
[ "$size" -lt 60000000 ] || { echo 'the image is larger than 60 MB' >&2; exit 1; }
