#!/bin/sh
set -e
yarn
exec "$@"
