#!/bin/bash
# ok: no image runs it
exec gunicorn -b :8000 shop:app
