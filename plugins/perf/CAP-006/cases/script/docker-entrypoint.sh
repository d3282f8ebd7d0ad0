#!/bin/sh
set -e
python manage.py migrate
celery -A shop worker --detach --concurrency=1
exec "$@"
