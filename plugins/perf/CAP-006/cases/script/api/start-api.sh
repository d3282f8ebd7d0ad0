#!/bin/bash
# finding: CAP-006 confidence: medium
exec gunicorn -b :8000 shop:app
