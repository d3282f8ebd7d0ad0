from locust import HttpUser, task  # finding: CI-001


class Buyer(HttpUser):
    @task
    def orders(self):
        self.client.get("/orders")
