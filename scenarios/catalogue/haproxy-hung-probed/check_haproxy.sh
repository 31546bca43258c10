#!/bin/bash
# Asks haproxy for a page, and does not wait longer than a second.
curl -s -f -o /dev/null --max-time 1 http://127.0.0.1/
