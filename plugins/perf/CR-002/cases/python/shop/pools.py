class Pools:
    pool = None

    @classmethod
    async def get(cls):
        return cls.pool
