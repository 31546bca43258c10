#!/bin/bash
# Stops keepalived where nginx is dead, so that the address goes to the other machine.
count=$(ps -C nginx --no-headers | wc -l)
if [ "$count" -eq 0 ]; then
    systemctl stop keepalived
    exit 1
fi
exit 0
