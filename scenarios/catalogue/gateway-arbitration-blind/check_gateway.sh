#!/bin/bash
# Succeeds while the gateway answers: a machine that does not reach it is of no use to anybody.
ping -c 1 -W 1 20.0.0.254 > /dev/null
