#!/bin/sh
WORKERS="${WORKERS:-1}"
# ok: one process unless somebody asks for more; mutate: s/:-1/:-4/
exec gunicorn --bind :8000 --workers "${WORKERS}" app:app
