from celery import Celery

shop_celery = Celery("shop")


def create_app(application):
    application.config["QUEUE"] = "orders"
