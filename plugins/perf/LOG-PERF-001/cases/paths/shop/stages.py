class Config:
    LOG_LEVEL = "INFO"


class TestEnvironmentConfig(Config):
    LOG_LEVEL: str = "DEBUG"  # ok: the tests' own; mutate: s/class TestEnvironmentConfig/class StageConfig/


class DevelopmentConfig(Config):
    LOG_LEVEL: str = "DEBUG"  # ok: for whoever works on it


class ProductionConfig(Config):
    LOG_LEVEL: str = "DEBUG"  # finding: LOG-PERF-001
