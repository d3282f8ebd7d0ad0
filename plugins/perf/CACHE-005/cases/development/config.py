class DevConfig:
    CACHE_TYPE = "simple"  # ok: for developers; mutate: s/class DevConfig/class Config/
