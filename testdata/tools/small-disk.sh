#!/usr/bin/env bash
# Run a command in the folder of a tiny file system of its own. Needs root.
#   small-disk.sh SIZE COMMAND...    such as small-disk.sh 64k libchar gen
set -euo pipefail
size=$1
shift
dir=$(mktemp -d)
mount -t tmpfs -o "size=$size" tmpfs "$dir"
trap 'umount "$dir"; rmdir "$dir"' EXIT
cd "$dir"
"$@"
