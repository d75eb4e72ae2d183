#!/usr/bin/env bash
# Rewrites docs/BENCHMARKS.md: runs every benchmark, with those peers that can be installed, on this
# machine. Run it on an idle machine.
#   scripts/benchmarks.sh          takes some twenty minutes; needs the network for the Python peers
#                                  and ngspice from scripts/install.sh
set -euo pipefail
cd "$(dirname "$0")/.."
venv=target/peers
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet numpy scipy pandas scikit-learn xgboost
fi
page=$(mktemp)
trap 'rm -f "$page"' EXIT
versions() { "$venv/bin/pip" list 2>/dev/null | awk '$1 ~ /^(numpy|scipy|pandas|scikit-learn|xgboost)$/ { printf "%s%s %s", sep, $1, $2; sep = ", " }'; }
# Adds the output of a command to the page, without cargo's own lines.
section() {
  local title=$1
  shift
  # Paths of this machine are replaced.
  printf '\n## %s\n\n```text\n$ %s\n' "$title" "$(sed "s|${LIBCHAR_REFDATA:-none}/\.\./|REFDATA/|" <<<"$*")"
  local printed
  # If a command fails, its output is printed and no page is written.
  printed=$("$@" 2>&1) || { printf '%s\n' "$printed" >&2; exit 1; }
  grep -vE '^(running|test result|$)' <<<"$printed"
  printf '```\n'
} >>"$page"
export PATH="$PWD/$venv/bin:$PATH"
# The user's own settings must not affect the benchmarks.
for name in ${!LIBCHAR_*}; do [ "$name" = LIBCHAR_REFDATA ] || unset "$name"; done

cat >"$page" <<HEAD
# Benchmarks

Written by \`scripts/benchmarks.sh\` (\`just benchmarks\`), whole and by nothing else. Each part shows its command and what that printed.
Peers stand beside our own figures where they could be had; their versions are below. The reasons and methods are in the head of each benchmark's source.

| | |
| --- | --- |
| date | $(date -u +%Y-%m-%d) |
| commit | $(git rev-parse --short HEAD) |
| machine | $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores, $(awk '/MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo) |
| system | $(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r) |
| compiler | $(rustc --version) |
| ngspice | $(ngspice --version 2>/dev/null | grep -oE 'ngspice-[0-9.]+' | head -1 || echo none) |
| Python peers | $(python3 --version | cut -d' ' -f2); $(versions) |
| load at the start | $(cut -d' ' -f1 /proc/loadavg) |
HEAD
# Without this variable the whole models of a foundry are left out, which would take a quarter of an
# hour.
section 'Runs: own cost beside xargs and ngspice' env -u LIBCHAR_REFDATA cargo bench --quiet --bench run
section 'Decks' cargo bench --quiet --bench gen
section 'Results out of ten thousand points' cargo bench --quiet --bench ext
section 'The history with a million results' cargo bench --quiet --bench history
section 'Libraries of standard cells' cargo bench --quiet --bench lib
section 'Pages and comparisons' cargo bench --quiet --bench report
cargo build --quiet --release
section 'Sets in a store beside restic' python benches/peers/store.py target/release/libchar
section 'Control charts, start to exit' cargo bench --quiet --bench spc_cli
section 'Control charts beside pandas' python benches/peers/spc.py target/release/libchar
section 'Rules of control charts' cargo bench --quiet -p libchar-spc --bench rules
section 'Measurements and virtual metrology' cargo bench --quiet --bench fab_cli
section 'Diffusion, beside LSODA of scipy' env LIBCHAR_PYTHON=python cargo bench --quiet -p libchar-diffusion --bench solver
section 'Images and windows' cargo bench --quiet -p libchar-litho --bench optics
section 'Learning from lithography jobs' cargo bench --quiet --bench litho_predict
rows=${LIBCHAR_REFDATA:-none}/../litho/dataset.csv
[ ! -f "$rows" ] || section 'XGBoost and scikit-learn on the same rows' python benches/peers/litho_predict.py "$rows"
cp "$page" docs/BENCHMARKS.md
