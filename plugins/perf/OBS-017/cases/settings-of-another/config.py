workers = 4  # ok: no server reads it; mutate: Dockerfile s/settings.py/config.py/
