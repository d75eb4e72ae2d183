#!/usr/bin/env bash
# Feeds random input to one reader, starting from files of the repository.
#   scripts/fuzz.sh TARGET [SECONDS]      `cargo fuzz list` names the targets
# Needs cargo-fuzz (cargo install --locked cargo-fuzz) and g++.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:?a target} seconds=${2:-300}
corpus=fuzz/corpus/$target
mkdir -p "$corpus"
case $target in
  config) seeds=(examples/*/config.cfg) ;;
  tables) seeds=(examples/*/configuration/*.csv) ;;
  rows) seeds=(examples/*/*.csv examples/*/*.json) ;;
  deck) seeds=(examples/*/template/*) ;;
  recipe) seeds=(examples/diffuse/*.toml examples/golden/*.toml) ;;
  job) seeds=(examples/litho/*.json) ;;
  measures) mapfile -t seeds < <(find crates/engine testdata -name '*.mt*' -o -name '*.log' -o -name '*.lis') ;;
  manifest | baseline) mapfile -t seeds < <(find testdata -name '*.json') ;;
  model) mapfile -t seeds < <(find testdata -path '*models*' -type f) ;;
  liberty) mapfile -t seeds < <(find testdata crates/liberty -name '*.lib') ;;
  *) seeds=() ;;
esac
for seed in "${seeds[@]}"; do cp "$seed" "$corpus/$(sha256sum <"$seed" | cut -c1-16)"; done
RUSTC_BOOTSTRAP=1 exec cargo fuzz run -s none "$target" -- -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=65536
