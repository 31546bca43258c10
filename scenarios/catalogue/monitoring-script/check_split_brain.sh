#!/bin/bash
# Runs on the standby. It has the address although the other machine answers: then probably both have it.
vip=20.0.0.100
peer=20.0.0.21

if ! ip addr show dev ens33 | grep -q "$vip"; then
    exit 0
fi
if ping -c 1 -W 1 "$peer" > /dev/null; then
    logger -t split-brain "$vip is here and $peer is alive: giving it up"
    echo "$(hostname) had $vip while $peer was alive, and has given it up" | mail -s "split-brain of $vip" ops@example.com
    systemctl stop keepalived
fi
exit 0
