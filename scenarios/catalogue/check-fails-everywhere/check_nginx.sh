#!/bin/bash
# Succeeds while nginx answers on this machine.
curl --silent --fail --max-time 2 --output /dev/null http://127.0.0.1/
