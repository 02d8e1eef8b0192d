#!/bin/bash
# Several "hosts" on one machine, each a network namespace with an address of its own, for MPI ranks that really talk over a network.
#
#   hosts-sandbox.sh up [N]            hosts 10.77.0.1 ... 10.77.0.N (default 3) on a bridge
#   hosts-sandbox.sh mpirun ARGS...    mpirun on host 1 over all hosts, one rank each unless ARGS say otherwise
#   hosts-sandbox.sh exec I CMD...     CMD on host I
#   hosts-sandbox.sh cut I | heal I    takes host I off the network, puts it back
#   hosts-sandbox.sh down
#
# Needs root, Debian's iproute2, openmpi-bin. mpirun reaches the hosts through this script as its rsh agent.
set -euo pipefail
self=$(readlink -f "$0")
count() { ip netns list | grep -c '^ds-host' || true; }

# On host I: own host name, own /dev/shm (so that shared memory is not shared), own TMPDIR.
on_host() {
  local i=$1; shift
  # shellcheck disable=SC2016  # the shell inside expands it
  exec ip netns exec "ds-host$i" unshare --uts --mount sh -c '
    hostname "host$0"; mount -t tmpfs tmpfs /dev/shm
    export TMPDIR=/tmp/ds-host.$0; mkdir -p "$TMPDIR"; exec "$@"' "$i" "$@"
}

case ${1:-} in
  up)
    ip link add ds-bridge type bridge; ip link set ds-bridge up
    for ((i = 1; i <= ${2:-3}; i++)); do
      ip netns add "ds-host$i"
      ip link add "ds-veth$i" type veth peer name eth0 netns "ds-host$i"
      ip link set "ds-veth$i" master ds-bridge up
      ip -n "ds-host$i" addr add "10.77.0.$i/24" dev eth0
      ip -n "ds-host$i" link set eth0 up; ip -n "ds-host$i" link set lo up
    done ;;
  mpirun)
    shift; n=$(count); list=$(for ((i = 1; i <= n; i++)); do printf '10.77.0.%s:2,' "$i"; done)
    on_host 1 mpirun --allow-run-as-root --mca plm_rsh_agent "$self agent" --mca btl self,tcp \
      --mca btl_tcp_if_include 10.77.0.0/24 --mca oob_tcp_if_include 10.77.0.0/24 \
      -H "${list%,}" --map-by node "$@" ;;
  agent) shift; while [[ $1 == -* ]]; do shift; done; host=$1; shift; on_host "${host##*.}" sh -c "$*" ;;
  exec) shift; on_host "$@" ;;
  cut) ip link set "ds-veth$2" down ;;
  heal) ip link set "ds-veth$2" up ;;
  down)
    for ((i = 1, n = $(count); i <= n; i++)); do ip netns del "ds-host$i"; rm -rf "/tmp/ds-host.$i"; done
    ip link del ds-bridge 2>/dev/null || true ;;
  *) sed -n '2,12p' "$0"; exit 64 ;;
esac
