#!/bin/sh
alembic upgrade heads
exec uvicorn shop:app
