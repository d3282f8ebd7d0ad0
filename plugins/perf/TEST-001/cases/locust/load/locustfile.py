from locust import HttpUser, task


class Buyer(HttpUser):
    @task
    def orders(self):
        self.client.get("/orders")
