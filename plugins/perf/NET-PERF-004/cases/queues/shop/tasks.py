import arq
import dramatiq
import requests
from background_task import background
from huey import SqliteHuey
from huey.contrib.djhuey import HUEY as handle
from huey.contrib.djhuey import db_periodic_task, task
from procrastinate import Blueprint
from redis import Redis
from rq import Queue
from rq.decorators import job
from taskiq_redis import ListQueueBroker

own = SqliteHuey("shop")
broker = ListQueueBroker("redis://cache")
blueprint = Blueprint()
queue = Queue(connection=Redis())


@task()
def by_task():
    requests.get("https://keys.example/by_task")  # finding: NET-PERF-004 confidence: high


@db_periodic_task(hourly)
def by_period():
    requests.get("https://keys.example/by_period")  # finding: NET-PERF-004 confidence: high


@handle.task(retries=3)
def by_handle():
    requests.get("https://keys.example/by_handle")  # finding: NET-PERF-004 confidence: high


@own.task()
def by_own():
    requests.get("https://keys.example/by_own")  # finding: NET-PERF-004 confidence: high


@job("mail")
def by_job():
    requests.get("https://keys.example/by_job")  # finding: NET-PERF-004 confidence: high


@broker.task
def by_broker():
    requests.get("https://keys.example/by_broker")  # finding: NET-PERF-004 confidence: high


@blueprint.task(queue="mail")
def by_blueprint():
    requests.get("https://keys.example/by_blueprint")  # finding: NET-PERF-004 confidence: high


@background(schedule=60)
def by_background():
    requests.get("https://keys.example/by_background")  # finding: NET-PERF-004 confidence: high


@dramatiq.actor
def by_actor():
    requests.get("https://keys.example/by_actor")  # finding: NET-PERF-004 confidence: high


def handed():
    requests.get("https://keys.example/handed")  # finding: NET-PERF-004 confidence: high


def run_daily():
    requests.get("https://keys.example/run_daily")  # finding: NET-PERF-004 confidence: high


def called_by_nobody():
    requests.get("https://keys.example/nobody")  # finding: NET-PERF-004 confidence: medium


queue.enqueue(handed)
daily = arq.cron(run_daily)
