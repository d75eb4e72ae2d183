#!/usr/bin/env bash
# A throw-away Grid Engine on this machine, for tests. Needs Debian's gridengine-master, -exec and -client, and root.
#   gridengine.sh up DIR      starts sge_qmaster and sge_execd with the queue main.q; prints the variables to export
#   gridengine.sh down DIR    ends all jobs and the daemons that it started
# Nothing outside DIR is touched. SLOTS (8) and PORT (26444; the next one too) may be set.
set -euo pipefail

action=${1:?up or down} dir=$(realpath -m "${2:?a folder}")
slots=${SLOTS:-8} port=${PORT:-26444}
host=$(hostname)
export SGE_ROOT=$dir/root SGE_CELL=default SGE_QMASTER_PORT=$port SGE_EXECD_PORT=$((port + 1)) SGE_CLUSTER_NAME=libchar
# In the foreground, so that the process number is known.
export SGE_ND=1

running() { [ "$(cat "/proc/$1/comm" 2>/dev/null)" = "$2" ]; }

write_files() {
  mkdir -p "$SGE_ROOT/default/common" "$dir/spool/qmaster/job_scripts" "$dir/spool/db" "$dir/spool/execd"
  chmod 755 "$dir" "$SGE_ROOT"
  cp -a /var/lib/gridengine/{bin,lib,util,utilbin} "$SGE_ROOT/" 2>/dev/null || true
  cat >"$SGE_ROOT/default/common/bootstrap" <<CONF
admin_user              root
default_domain          none
ignore_fqdn             true
spooling_method         berkeleydb
spooling_lib            libspoolb
spooling_params         $dir/spool/db
binary_path             /usr/sbin
qmaster_spool_dir       $dir/spool/qmaster
security_mode           none
listener_threads        2
worker_threads          2
scheduler_threads       1
CONF
  echo "$host" >"$SGE_ROOT/default/common/act_qmaster"
  printf '%s %s localhost\n' "$host" "$host" >"$SGE_ROOT/default/common/host_aliases"
  /usr/share/gridengine/scripts/init_cluster "$SGE_ROOT" default "$dir/spool/db" root
}

configure() {
  qconf -as "$host"
  mkdir -p "$dir/conf"
  qconf -sconf | sed -E "s|^execd_spool_dir.*|execd_spool_dir $dir/spool/execd|; s|^min_uid.*|min_uid 0|
    s|^min_gid.*|min_gid 0|; s|^mailer.*|mailer /bin/true|" >"$dir/conf/global"
  qconf -Mconf "$dir/conf/global" || true
  printf '%s\n' "hostname $host" 'load_scaling NONE' 'complex_values NONE' 'user_lists NONE' 'xuser_lists NONE' \
    'projects NONE' 'xprojects NONE' 'usage_scaling NONE' 'report_variables NONE' >"$dir/conf/host"
  qconf -Ae "$dir/conf/host"
  printf 'group_name @allhosts\nhostlist %s\n' "$host" >"$dir/conf/group"
  qconf -Ahgrp "$dir/conf/group"
  qconf -sq | sed -E "s|^qname.*|qname main.q|; s|^hostlist.*|hostlist @allhosts|; s|^slots.*|slots $slots|
    s|^load_thresholds.*|load_thresholds NONE|; s|^pe_list.*|pe_list NONE|; s|^ckpt_list.*|ckpt_list NONE|
    s|^shell  .*|shell /bin/sh|; s|^shell_start_mode.*|shell_start_mode unix_behavior|" >"$dir/conf/queue"
  qconf -Aq "$dir/conf/queue"
  qconf -ssconf | sed -E 's|^schedule_interval.*|schedule_interval 0:0:1|; s|^flush_submit_sec.*|flush_submit_sec 1|
    s|^flush_finish_sec.*|flush_finish_sec 1|; s|^job_load_adj.*|job_load_adjustments NONE|
    s|^maxujobs.*|maxujobs 0|' >"$dir/conf/scheduler"
  qconf -Msconf "$dir/conf/scheduler" || true
}

case $action in
up)
  mkdir -p "$dir"
  : >"$dir/pids"
  write_files >"$dir/init.log" 2>&1
  sge_qmaster >"$dir/qmaster.out" 2>&1 </dev/null &
  echo "$! sge_qmaster" >>"$dir/pids"
  for _ in $(seq 100); do qconf -sh >/dev/null 2>&1 && break; sleep 0.1; done
  configure >>"$dir/init.log" 2>&1
  sge_execd >"$dir/execd.out" 2>&1 </dev/null &
  echo "$! sge_execd" >>"$dir/pids"
  disown -a
  for _ in $(seq 200); do
    if qhost 2>/dev/null | awk -v h="$host" '$1 == h && $4 != "-" { found = 1 } END { exit !found }'; then
      for name in SGE_ROOT SGE_CELL SGE_QMASTER_PORT SGE_EXECD_PORT SGE_CLUSTER_NAME; do
        echo "$name=${!name}"
      done
      exit 0
    fi
    sleep 0.1
  done
  cat "$dir"/*.out "$dir/init.log" >&2
  echo "the execution daemon did not report within 20 s" >&2
  exit 1
  ;;
down)
  [ -f "$dir/pids" ] || exit 0
  timeout 5 qdel -f -u '*' >/dev/null 2>&1 || true
  while read -r pid name; do running "$pid" "$name" && kill "$pid"; done < <(tac "$dir/pids") || true
  sleep 1
  while read -r pid name; do running "$pid" "$name" && kill -9 "$pid"; done <"$dir/pids" || true
  rm -f "$dir/pids"
  ;;
*)
  echo "unknown action $action" >&2
  exit 2
  ;;
esac
