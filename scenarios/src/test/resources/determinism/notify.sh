#!/bin/bash
# Tells what became of an instance.
echo "$1 $2 is now $3" | mail -s "vrrp" root
logger "$(date) $1 $2 $3"
