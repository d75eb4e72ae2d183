#!/usr/bin/env bash
# Installs what is missing, builds libchar, and characterizes examples/inverter-pvt at its 84
# points.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh gcc libc6-dev ngspice
command -v cargo >/dev/null || { echo 'cargo is missing: install Rust 1.90 or later' >&2; exit 2; }
cargo build --release --locked --quiet
target/release/libchar -C examples/inverter-pvt flow
cat examples/inverter-pvt/creport.txt
