DEFAULT_LOGGING_LEVEL = "DEBUG"  # ok: nothing reads it; mutate: s/TITLE = "shop"/TITLE = DEFAULT_LOGGING_LEVEL/
TITLE = "shop"
