#!/bin/sh
# Stand-in for a site's orchestration script: notes how it was called, as its own stages would.
#   sim_pvt.sh CONFIG STAGE
set -eu
printf '%s|%s|%s\n' "$#" "$(basename "$1")" "$2" >>calls.txt
echo "stage $2"
[ -z "${CORE_EXIT:-}" ] || exit "$CORE_EXIT"
[ -z "${CORE_TOUCHES:-}" ] || : >"$(dirname "$0")/scratch"
