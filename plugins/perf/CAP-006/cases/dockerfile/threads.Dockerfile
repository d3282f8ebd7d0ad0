FROM python:3.13-slim
# ok: eight requests at a time; mutate: s/ --threads 8//
CMD exec gunicorn --bind :$PORT --workers 1 --threads 8 shop:app
