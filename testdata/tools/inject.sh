#!/usr/bin/env bash
# Run a command in which one system call fails, or which is killed there. Needs Debian's strace.
#   inject.sh CALL ENOSPC N COMMAND...    the Nth such call fails with ENOSPC (N+ is from the Nth on)
#   inject.sh CALL SIGKILL N COMMAND...   the Nth such call kills the process
set -euo pipefail
call=$1 what=$2 when=$3
shift 3
case $what in SIG*) how=signal=$what ;; *) how=error=$what ;; esac
exec strace -f -qq -o /dev/null -e "trace=$call" -e "inject=$call:$how:when=$when" "$@"
