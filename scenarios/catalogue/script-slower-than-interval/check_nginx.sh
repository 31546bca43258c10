#!/bin/bash
# Succeeds when nginx answers on this machine.
curl --silent --fail --max-time 1 --output /dev/null http://127.0.0.1/
