from google.cloud import bigquery, pubsub


class Audit:
    def __init__(self, topic):
        self.client = pubsub.PublisherClient()  # finding: LAMBDA-002 confidence: low
        self.topic = topic

    def record(self, order):
        self.client.publish(self.topic, data=order)

    def report(self):
        client = bigquery.Client()  # finding: LAMBDA-002 confidence: medium
        return client.query("SELECT count(*) FROM orders").result()


class Base:
    def __init__(self, topic):
        self.publisher = pubsub.PublisherClient()  # ok: what is made of the class below is kept by the module
        self.topic = topic


class Orders(Base):
    def __init__(self, topic):
        super().__init__(topic)
        self.count = 0
