#!/usr/bin/env bash
# A throw-away Slurm of several nodes on this machine, for tests. Needs Debian's slurm-wlm and munge.
#   slurm.sh up DIR      starts munged, slurmctld and the slurmds; prints the SLURM_CONF to export
#   slurm.sh down DIR    ends all jobs and the daemons that it started
#   slurm.sh kill DIR    kills slurmctld and the slurmds at once; the jobs that run go on
#   slurm.sh crash DIR NODE   kills a node as a power cut would: its slurmd and all that runs there
#   slurm.sh again DIR   starts the daemons that do not run, on the state that they left
# Nothing outside DIR is touched. NODES (4), CPUS a node (2), PORT (26817) and MAXARRAY (1001) may be set.
set -euo pipefail

action=${1:?up, down, kill, crash or again} dir=$(realpath -m "${2:?a folder}")
nodes=${NODES:-4} cpus=${CPUS:-2} port=${PORT:-26817} max_array=${MAXARRAY:-1001}
host=$(hostname -s)
export SLURM_CONF=$dir/slurm.conf

# A recorded process is ours only while its name is the recorded one: numbers are used again. A zombie does not run.
running() {
  case $(cat "/proc/$1/stat" 2>/dev/null) in "$1 ($2) "[!ZX]*) return 0 ;; *) return 1 ;; esac
}

each_daemon() { # each_daemon SIGNAL NAME...: signals the recorded daemons of these names
  local signal=$1 pid name node
  shift
  while read -r pid name node; do
    case " $* " in *" $name "*) running "$pid" "$name" && kill "-$signal" "$pid" ;; esac
  done <"$dir/pids" || true
}

one_runs() { # one_runs NAME [NODE]: whether such a recorded daemon runs
  local pid name node
  while read -r pid name node; do
    [ "$name $node" = "$1 ${2:-$node}" ] && running "$pid" "$name" && return 0
  done <"$dir/pids"
  return 1
}

wait_until_gone() { # wait_until_gone NAME...: for at most 5 s
  local i name
  for i in $(seq 50); do
    for name in "$@"; do one_runs "$name" && sleep 0.1 && continue 2; done
    return 0
  done
}

kill_shepherds() { # kill_shepherds LOG: of the jobs of the node whose log this is
  local pid
  for pid in $(pgrep -x slurmstepd); do
    readlink "/proc/$pid"/fd/* 2>/dev/null | grep -qxF "$1" && kill -9 "$pid" || true
  done
}

crash() { # crash NODE
  local pid name node
  while read -r pid name node; do
    [ "$name $node" = "slurmd $1" ] && running "$pid" "$name" && kill -9 "$pid"
  done <"$dir/pids" || true
  kill_shepherds "$dir/slurmd-$1.log"
  # What they started knows the node's name and the configuration.
  for pid in $(grep -slzxF "SLURMD_NODENAME=$1" /proc/[0-9]*/environ | cut -d/ -f3); do
    grep -szxqF "SLURM_CONF=$SLURM_CONF" "/proc/$pid/environ" && kill -9 "$pid" || true
  done
  # Slurm would find out by itself after SlurmdTimeout.
  scontrol update "NodeName=$1" State=DOWN Reason=crash
  touch "$dir/crashed-$1"
}

start_munge() {
  mkdir -p "$dir/munge"
  chmod 711 "$dir/munge"
  [ -f "$dir/munge/key" ] || dd if=/dev/urandom of="$dir/munge/key" bs=128 count=1 status=none
  chmod 400 "$dir/munge/key"
  munged --force --key-file="$dir/munge/key" --socket="$dir/munge/socket" --pid-file="$dir/munge/pid" \
    --log-file="$dir/munge/log" --seed-file="$dir/munge/seed" 2>"$dir/munge/stderr"
  for _ in $(seq 100); do [ -s "$dir/munge/pid" ] && [ -S "$dir/munge/socket" ] && break; sleep 0.05; done
  echo "$(cat "$dir/munge/pid") munged" >>"$dir/pids"
}

write_configuration() {
  cat >"$SLURM_CONF" <<CONF
ClusterName=libchar
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket
CryptoType=crypto/munge
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd-%n.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=2,batch_sched_delay=0,bf_interval=5,default_queue_depth=1000,max_array_tasks=$max_array
MaxArraySize=$max_array
MaxJobCount=50000
MinJobAge=300
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
SlurmctldTimeout=30
SlurmdTimeout=30
KillWait=5
InactiveLimit=0
Waittime=0
PropagateResourceLimits=NONE
SlurmdParameters=config_overrides
MailProg=/bin/true
CONF
  local i
  for i in $(seq "$nodes"); do
    echo "NodeName=n$i NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + i)) CPUs=$cpus RealMemory=2000 State=UNKNOWN"
  done >>"$SLURM_CONF"
  echo "PartitionName=main Nodes=n[1-$nodes] Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO" >>"$SLURM_CONF"
  printf 'CgroupPlugin=cgroup/v1\nCgroupAutomount=no\nConstrainCores=no\nConstrainRAMSpace=no\n' >"$dir/cgroup.conf"
}

start_missing() { # start_missing [-c]: -c forgets the saved state
  if ! one_runs slurmctld; then
    slurmctld -D "$@" -f "$SLURM_CONF" >"$dir/slurmctld.out" 2>&1 </dev/null &
    echo "$! slurmctld" >>"$dir/pids"
  fi
  local i
  for i in $(seq "$nodes"); do
    one_runs slurmd "n$i" && continue
    mkdir -p "$dir/spool/n$i"
    slurmd -D "$@" -N "n$i" -f "$SLURM_CONF" >"$dir/slurmd-n$i.out" 2>&1 </dev/null &
    echo "$! slurmd n$i" >>"$dir/pids"
  done
  disown -a
}

start_daemons() { # start_daemons [-c]
  start_missing "$@"
  for node in "$dir"/crashed-*; do
    [ -f "$node" ] || continue
    rm "$node"
    # One that has registered already needs none, which is an error.
    scontrol update "NodeName=${node##*/crashed-}" State=RESUME || true
  done
  # A client takes long to find that nobody answers.
  local until=$((SECONDS + 30))
  while [ "$SECONDS" -lt "$until" ]; do
    up=$(timeout 5 sinfo -h -N -o %T 2>/dev/null | grep -cE '^(idle|mixed|allocated)$' || true)
    [ "$up" = "$nodes" ] && return 0
    sleep 0.1
    # One that did not get its port, which the killed one had, ended.
    start_missing
  done
  tail -n 5 "$dir"/*.log "$dir"/*.out >&2
  echo "the nodes are not up after 30 s" >&2
  return 1
}

case $action in
up)
  mkdir -p "$dir"/{state,spool}
  chmod 755 "$dir" "$dir/state" "$dir/spool"
  : >"$dir/pids"
  start_munge
  write_configuration
  start_daemons -c
  echo "$SLURM_CONF"
  ;;
kill)
  each_daemon KILL slurmctld slurmd
  wait_until_gone slurmctld slurmd
  ;;
crash)
  crash "${3:?a node, such as n1}"
  ;;
again)
  start_daemons
  ;;
down)
  [ -f "$dir/pids" ] || exit 0
  timeout 5 scancel --user="$(id -un)" 2>/dev/null || true
  for _ in $(seq 50); do
    jobs=$(timeout 5 squeue --noheader 2>/dev/null) || break
    [ -n "$jobs" ] || break
    sleep 0.1
  done
  each_daemon TERM slurmctld slurmd munged
  wait_until_gone slurmctld slurmd munged
  each_daemon KILL slurmctld slurmd munged
  for log in "$dir"/slurmd-*.log; do kill_shepherds "$log"; done
  rm -f "$dir/pids"
  ;;
*)
  echo "unknown action $action" >&2
  exit 2
  ;;
esac
