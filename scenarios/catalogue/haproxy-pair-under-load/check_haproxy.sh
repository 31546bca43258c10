#!/bin/bash
# Stops keepalived where haproxy is dead, so that the address goes to the other machine.
if ! killall -0 haproxy; then
    systemctl stop keepalived
    exit 1
fi
exit 0
