#!/usr/bin/env bash
# A throw-away Slurm of several nodes on this machine, for tests. Needs Debian's slurm-wlm and munge.
#   slurm.sh up DIR      starts munged, slurmctld and the slurmds; prints the SLURM_CONF to export
#   slurm.sh down DIR    ends all jobs and the daemons that it started
#   slurm.sh kill DIR    kills slurmctld and the slurmds at once, as a power cut would
#   slurm.sh again DIR   starts them again on the state that they left
# Nothing outside DIR is touched. NODES (4), CPUS a node (2), PORT (26817) and MAXARRAY (1001) may be set.
set -euo pipefail

action=${1:?up, down, kill or again} dir=$(realpath -m "${2:?a folder}")
nodes=${NODES:-4} cpus=${CPUS:-2} port=${PORT:-26817} max_array=${MAXARRAY:-1001}
host=$(hostname -s)
export SLURM_CONF=$dir/slurm.conf

# A recorded process is ours only while its name is the recorded one: numbers are used again.
running() { [ "$(cat "/proc/$1/comm" 2>/dev/null)" = "$2" ]; }

each_daemon() { # each_daemon SIGNAL NAME...: signals the recorded daemons of these names
  local signal=$1 pid name
  shift
  while read -r pid name; do
    case " $* " in *" $name "*) running "$pid" "$name" && kill "-$signal" "$pid" ;; esac
  done <"$dir/pids" || true
}

all_gone() {
  local pid name
  while read -r pid name; do running "$pid" "$name" && return 1; done <"$dir/pids"
  return 0
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

start_daemons() { # start_daemons [-c]: -c forgets the saved state
  slurmctld -D "$@" -f "$SLURM_CONF" >"$dir/slurmctld.out" 2>&1 </dev/null &
  echo "$! slurmctld" >>"$dir/pids"
  local i
  for i in $(seq "$nodes"); do
    mkdir -p "$dir/spool/n$i"
    slurmd -D "$@" -N "n$i" -f "$SLURM_CONF" >"$dir/slurmd-n$i.out" 2>&1 </dev/null &
    echo "$! slurmd" >>"$dir/pids"
  done
  disown -a
  for _ in $(seq 300); do
    up=$(sinfo -h -N -o %T 2>/dev/null | grep -cE '^(idle|mixed|allocated)$' || true)
    [ "$up" = "$nodes" ] && return 0
    sleep 0.1
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
  ;;
again)
  start_daemons
  ;;
down)
  [ -f "$dir/pids" ] || exit 0
  timeout 5 scancel --user="$(id -un)" 2>/dev/null || true
  each_daemon TERM slurmctld slurmd munged
  for _ in $(seq 50); do all_gone && break; sleep 0.1; done
  each_daemon KILL slurmctld slurmd munged
  rm -f "$dir/pids"
  ;;
*)
  echo "unknown action $action" >&2
  exit 2
  ;;
esac
