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
"$libchar" report spc.json diffuse.json litho.json --html "$work/documents.html" --exit-zero >/dev/null
node check.mjs domain.html documents.html
