from google.cloud import firestore


class Spool:
    def __init__(self, region):
        self.db = firestore.Client()  # ok: the module keeps the object by its key
        self.region = region

    def waiting(self):
        return [row.id for row in self.db.collection(self.region).stream()]
