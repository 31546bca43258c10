#!/bin/bash
# Fails while the site is marked as broken.
test ! -e /run/web-broken
