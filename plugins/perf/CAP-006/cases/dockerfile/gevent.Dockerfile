FROM python:3.13-slim
# ok: many requests wait in one process; mutate: s/"-k", "gevent", //
CMD ["gunicorn", "-k", "gevent", "shop:app"]
