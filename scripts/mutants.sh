#!/usr/bin/env bash
# Changes a crate's code in N random places and counts the changes that its own tests do not notice.
#   scripts/mutants.sh CRATE N SEED        for example: scripts/mutants.sh spc 30 4f2a
# Needs cargo-mutants (cargo install --locked cargo-mutants). The same seed picks the same places.
# Changes that delete a field of a struct expression are made in addition, because cargo-mutants
# does not filter them by name.
set -euo pipefail
cd "$(dirname "$0")/.."
crate=${1:?a crate, such as spc} count=${2:?how many} seed=${3:?a seed, such as the hash of a commit}

random() { openssl enc -aes-256-ctr -pass "pass:$seed" -nosalt -pbkdf2 </dev/zero 2>/dev/null; }
picked=()
while IFS= read -r name; do
  picked+=(--re "^$(printf '%s' "$name" | sed 's/[][\\.^$*+?(){}|]/\\&/g')\$")
done < <(cargo mutants --list -p "libchar-$crate" | shuf --random-source=<(random) -n "$count")
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cargo mutants -p "libchar-$crate" --output "$out" --timeout 120 "${picked[@]}" || true
printf 'caught %s, missed %s, timed out %s, not compiled %s\n' \
  "$(wc -l <"$out/mutants.out/caught.txt")" "$(wc -l <"$out/mutants.out/missed.txt")" \
  "$(wc -l <"$out/mutants.out/timeout.txt")" "$(wc -l <"$out/mutants.out/unviable.txt")"
cat "$out/mutants.out/missed.txt"
