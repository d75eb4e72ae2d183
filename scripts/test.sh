#!/usr/bin/env bash
# Installs what is missing, then runs all tests: format, lints, unit, property and command-line
# tests.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh gcc libc6-dev ngspice strace python3 procps restic \
  slurm-wlm munge gridengine-master gridengine-exec gridengine-client
command -v cargo >/dev/null || { echo 'cargo is missing: install Rust 1.90 or later' >&2; exit 2; }
cargo fmt --all --check
cargo clippy --workspace --all-targets --locked --quiet -- -D warnings
RUSTDOCFLAGS='-D warnings -A rustdoc::private-intra-doc-links' cargo doc --workspace --no-deps --document-private-items --locked --quiet

# Licences, banned crates and sources of the dependencies. Known vulnerabilities need a database:
# `just advisories`. The tool runs for a second, and building it without optimization saves minutes.
command -v cargo-deny >/dev/null || cargo install --debug --locked --quiet cargo-deny
cargo deny --log-level error check bans licenses sources

# Tests must use what was just installed: a test that skips because it is missing fails.
export LIBCHAR_REQUIRE="${LIBCHAR_REQUIRE:+$LIBCHAR_REQUIRE,}ngspice,strace,restic,slurmctld,sge_qmaster"
LIBCHAR_TEST_SKIPPED=$(mktemp)
export LIBCHAR_TEST_SKIPPED
trap 'rm -f "$LIBCHAR_TEST_SKIPPED"' EXIT
cargo test --workspace --locked
printf '%s test(s) were skipped\n' "$(wc -l <"$LIBCHAR_TEST_SKIPPED")"
sort "$LIBCHAR_TEST_SKIPPED"
