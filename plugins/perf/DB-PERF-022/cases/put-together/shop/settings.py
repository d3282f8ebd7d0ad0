from sqlalchemy import engine

DRIVERS = {"postgresql": "postgresql+asyncpg", "sqlite": "sqlite+aiosqlite"}


def driver(kind):
    return DRIVERS[kind]


def parameters(kind, host, name):
    url = engine.URL.create(drivername=driver(kind), host=host, database=name)
    return url, {"ssl": True}


class Settings:
    kind: str
    host: str
    name: str

    def connection(self):
        return parameters(self.kind, self.host, self.name)


settings = Settings()
