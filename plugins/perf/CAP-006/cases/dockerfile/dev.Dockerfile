FROM python:3.13-slim
# ok: for a developer
CMD ["gunicorn", "--reload", "shop:app"]
