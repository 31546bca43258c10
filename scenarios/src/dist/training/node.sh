#!/bin/sh
# Lets a node be master of a network of its own for a moment, so that what a start loads and links may be kept.
#
#   node.sh COMMAND...    COMMAND runs `vipdrift node`, without its options
#
# Where namespaces may not be made, COMMAND reads the configuration alone.
set -eu

if [ "${1:-}" != inside ]; then
  configuration=$(mktemp)
  trap 'rm -f "$configuration"' EXIT
  cat >"$configuration" <<'END'
global_defs {
    router_id training
}
vrrp_script succeeds {
    script "/bin/true"
    interval 1
}
vrrp_instance ipv4 {
    state MASTER
    interface train0
    virtual_router_id 1
    priority 255
    authentication {
        auth_type PASS
        auth_pass training
    }
    track_script {
        succeeds
    }
    virtual_ipaddress {
        192.0.2.100/24
    }
}
vrrp_instance ipv6 {
    state BACKUP
    interface train0
    virtual_router_id 1
    version 3
    advert_int 0.1
    virtual_ipaddress {
        fe80::100/64
    }
}
END
  user=
  [ "$(id -u)" = 0 ] || user="--user --map-root-user"
  # shellcheck disable=SC2086 # options are meant to be split
  if unshare $user --net --mount sh "$0" inside "$configuration" "$@"; then
    exit 0
  fi
  # It refuses the interface, but it has read the file.
  "$@" --config-test --use-file "$configuration" || true
  exit 0
fi

configuration=$2
shift 2
mount -t tmpfs vipdrift /run
ip link add train0 type veth peer name train1
ip address add 192.0.2.1/24 dev train0
ip link set train0 up
ip link set train1 up
"$@" --dont-fork --log-console --log-detail --use-file "$configuration" --pid /run/training.pid >/run/log 2>&1 &
node=$!
# Both are master then, and have told the neighbours.
waited=0
while [ "$(grep -c 'Sending/queueing' /run/log)" -lt 2 ] && [ $waited -lt 20 ]; do
  sleep 0.5
  waited=$((waited + 1))
done
sleep 1.5
cat /run/log
kill -TERM "$node"
wait "$node"
