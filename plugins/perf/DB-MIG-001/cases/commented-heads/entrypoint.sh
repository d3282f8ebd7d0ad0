#!/bin/sh
# alembic upgrade heads
alembic upgrade head
