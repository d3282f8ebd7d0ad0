#!/bin/sh
WORKERS="${WORKERS:-3}"
# finding: OBS-017 confidence: medium
exec gunicorn --bind :8000 --workers $WORKERS app:app
