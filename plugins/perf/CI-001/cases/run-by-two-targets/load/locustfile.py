# ok: `make ci` runs it; mutate: Makefile s!ci: test smoke!ci: test!
from locust import HttpUser, task


class Buyer(HttpUser):
    @task
    def orders(self):
        self.client.get("/orders")
