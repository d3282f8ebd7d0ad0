from google.cloud import pubsub


class Mailer:
    def __init__(self, password):
        self.client = pubsub.PublisherClient()  # ok: the module keeps the object
        self.password = password

    def send(self, orders):
        self.client.publish("mail", data=str(orders).encode(), password=self.password)
