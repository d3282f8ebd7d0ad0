import asyncio


class Task:
    def __call__(self, *args):
        with asyncio.Runner() as runner:
            return runner.run(self.run(*args))
