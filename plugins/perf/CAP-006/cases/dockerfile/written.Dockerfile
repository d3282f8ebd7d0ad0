FROM python:3.13-slim
# finding: CAP-006 confidence: medium
CMD ["python", "-m", "gunicorn", "--bind", "0.0.0.0:8080", "--workers", "1", "shop:app"]
