#!/bin/bash
# Succeeds while an nginx process lives.
killall -0 nginx
