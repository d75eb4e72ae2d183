#!/usr/bin/env bash
# Install what is missing, then pass all tests: format, lints, unit, property and command-line tests.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh gcc libc6-dev ngspice strace python3 procps restic \
  slurm-wlm munge gridengine-master gridengine-exec gridengine-client
command -v cargo >/dev/null || { echo 'cargo is missing: install Rust 1.90 or later' >&2; exit 2; }
cargo fmt --all --check
cargo clippy --workspace --all-targets --locked --quiet -- -D warnings
cargo test --workspace --locked
