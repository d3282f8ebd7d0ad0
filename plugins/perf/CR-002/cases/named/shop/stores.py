from importlib import import_module


class Store:
    def __init__(self):
        self.backend = None

    def __getattr__(self, name):
        return getattr(self.backend, name)

    def use(self, name):
        self.backend = import_module(name).Backend()


db = Store()
