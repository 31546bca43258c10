#!/bin/bash
# Stops keepalived where nginx is dead.
count=$(ps -C nginx --no-headers | wc -l)
if [ "$count" -eq 0 ]; then
    logger "nginx is gone"
    systemctl stop keepalived
    exit 1
fi
ping -c 1 -W 1 20.0.0.254 >/dev/null || exit 1
exit 0
