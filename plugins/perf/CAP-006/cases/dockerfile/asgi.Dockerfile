FROM python:3.13-slim
# ok: nobody says how many processors there are
CMD ["uvicorn", "shop:app", "--workers", "4"]
