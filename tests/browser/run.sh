#!/usr/bin/env bash
# Make report pages of the examples and open them in headless Chromium. Needs the network (npm) and root for missing packages.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
scripts/install.sh chromium ngspice
command -v npm >/dev/null || scripts/install.sh nodejs npm
cargo build --locked --quiet
libchar=$PWD/target/debug/libchar

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/check.mjs" "$work/"
cp -a examples "$work/examples"
(cd "$work" && npm install --silent --no-audit --no-fund playwright-core axe-core >/dev/null)
cd "$work"
export HOME=$work
"$libchar" -q -C examples/inverter-pvt flow --exit-zero >/dev/null
"$libchar" -C examples/inverter-pvt report --html "$work/domain.html" --exit-zero >/dev/null
"$libchar" spc chart examples/spc/oxide.csv --column tox_nm --format json --exit-zero >spc.json
"$libchar" diffuse examples/diffuse/npn.toml --format json --exit-zero >diffuse.json
"$libchar" litho-predict simulate examples/litho/job.json --format json --exit-zero >litho.json
"$libchar" metro four-point-probe examples/metro/map.csv -s spacing_mm=1 -s diameter_mm=200 -s thickness_um=1 -s probe_direction=tangential \
  --format json --exit-zero >metro.json
"$libchar" metro gum examples/metro/budget.toml --format json --exit-zero >budget.json
"$libchar" vm train examples/vm/wafers.csv --target depth_um --group lot --order wafer -o model.json --format json --exit-zero >train.json
"$libchar" vm predict examples/vm/new.csv --model model.json --format json --exit-zero >predict.json
"$libchar" vm forecast examples/vm/wafers.csv --target depth_um --runs 5 --upper 45 --format json --exit-zero >forecast.json
"$libchar" r2r design --xi 1.2 --drift 0.1 --lambda 0.3 --format json --exit-zero >design.json
"$libchar" report spc.json diffuse.json litho.json metro.json budget.json train.json predict.json forecast.json design.json \
  --html "$work/documents.html" --exit-zero >/dev/null
"$libchar" -q -C examples/mismatch flow --exit-zero >/dev/null
"$libchar" -C examples/mismatch report --html "$work/samples.html" --exit-zero >/dev/null
node check.mjs domain.html documents.html samples.html
