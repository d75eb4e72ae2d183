#!/usr/bin/env bash
# The checks that take too long for the gate: pages in a browser, packages, dependencies, torture,
# agreement with plain ngspice (of tables of cells if LIBCHAR_REFDATA is set), coverage, a sample of
# mutants, benchmarks. Run it before a release, as root on Debian 12 with the network.
#   scripts/acceptance.sh [PART...]      browser packages deny torture agree cover mutants bench; all without an argument
set -euo pipefail
cd "$(dirname "$0")/.."
tool() { command -v "$1" >/dev/null || cargo install --locked --quiet "$1"; }

browser() { tests/browser/run.sh; }
packages() { tool cargo-deb && packaging/deb.sh && packaging/image.sh; }
deny() { tool cargo-deny && cargo deny check bans licenses sources; }
torture() { LIBCHAR_TORTURE=500 cargo test --locked --test libchar -- torture run_cluster::; }
agree() {
  LIBCHAR_AGREE=1 cargo test --locked --test libchar agreement::
  cargo test --locked -p libchar-cells --test entries --test spread -- --ignored --nocapture
}
cover() {
  tool cargo-llvm-cov
  scripts/install.sh llvm
  for crate in pvt engine report campaign assurance spc diffusion litho numeric metrology; do
    printf '%s ' "$crate"
    cargo llvm-cov -p "libchar-$crate" --summary-only 2>/dev/null | tail -1
  done
}
mutants() {
  tool cargo-mutants
  for crate in pvt engine report campaign assurance spc diffusion litho numeric metrology; do
    printf '%s: ' "$crate"
    scripts/mutants.sh "$crate" 30 "$(git rev-parse --short HEAD)"
  done
}
bench() { cargo bench --workspace; }

parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(browser packages deny torture agree cover mutants bench)
failed=()
for part in "${parts[@]}"; do
  printf '== %s\n' "$part"
  "$part" || failed+=("$part")
done
[ ${#failed[@]} -eq 0 ] || { printf 'failed: %s\n' "${failed[*]}" >&2; exit 1; }
