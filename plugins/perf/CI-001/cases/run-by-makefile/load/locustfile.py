# ok: `make smoke` runs it; mutate: .circleci/config.yml s/make smoke/make lint/
from locust import HttpUser, task


class Buyer(HttpUser):
    @task
    def orders(self):
        self.client.get("/orders")
