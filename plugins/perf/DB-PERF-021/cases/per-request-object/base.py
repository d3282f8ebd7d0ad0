from flask import g


class Store:
    """What each store can do."""

    def connect(self):
        raise NotImplementedError("no store has been chosen")

    def close(self, connection):
        raise NotImplementedError("no store has been chosen")

    def get(self):
        if "connection" not in g:
            g.connection = self.connect()
        return g.connection

    def drop(self, error):
        connection = g.pop("connection", None)
        if connection is not None:
            self.close(connection)
