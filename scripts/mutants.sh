#!/usr/bin/env bash
# Changes a crate's code in N random places and counts the changes that its own tests do not notice.
#   scripts/mutants.sh CRATE N SEED        for example: scripts/mutants.sh spc 30 4f2a
# Needs cargo-mutants (cargo install --locked cargo-mutants). The same seed picks the same places.
# The working tree stays as it is: the changes are made in a copy, which brings target/ along.
# With MUTANTS_LIST=1 the script only names the places.
set -euo pipefail
cd "$(dirname "$0")/.."
crate=${1:?a crate, such as spc} count=${2:?how many} seed=${3:?a seed, such as the hash of a commit}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

random() { openssl enc -aes-256-ctr -pass "pass:$seed" -nosalt -pbkdf2 </dev/zero 2>/dev/null; }
cargo mutants --list -p "libchar-$crate" >"$out/all"
shuf --random-source=<(random) -n "$count" "$out/all" >"$out/picked"
if [ -n "${MUTANTS_LIST:-}" ]; then
  cat "$out/picked"
  exit
fi
# cargo-mutants applies --re to some kinds of changes only. --iterate passes over every change that
# an earlier run noticed: here all that were not picked.
mkdir "$out/mutants.out"
grep -vxFf "$out/picked" "$out/all" >"$out/mutants.out/caught.txt"
nice -n 10 cargo mutants -p "libchar-$crate" --output "$out" --iterate --copy-target=true \
  --minimum-test-timeout 120 -- --lib --tests || true
count() { wc -l <"$out/mutants.out/$1.txt"; }
printf 'caught %s, missed %s, timed out %s, not compiled %s\n' \
  "$(count caught)" "$(count missed)" "$(count timeout)" "$(count unviable)"
cat "$out/mutants.out/missed.txt"
