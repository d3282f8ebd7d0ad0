from flask import Blueprint

from shop.stores import db
from shop.workers import Worker

checks = Blueprint("checks", __name__)


@checks.route("/_/gtg")
def good_to_go():
    return "OK" if db.is_alive else ("FAILED", 503)  # finding: CR-002 confidence: medium


@checks.route("/healthcheck")
def health_check():
    return "OK" if Worker.find_all() else ("STALE", 503)  # finding: CR-002 confidence: medium


@checks.route("/health")
def health():
    return "OK" if db.name else "FAILED"  # ok: what it is called it knows itself; mutate: s/db.name/db.is_alive/


@checks.route("/heartbeat", methods=["POST"])
def heartbeat():
    return str(db.add_heartbeat())  # ok: a heartbeat of another system comes in; mutate: s/, methods=["POST"]//


@checks.route("/heartbeat/<name>")
def get_heartbeat(name):
    return str(db.get_heartbeat(name))  # ok: one of those that came in; mutate: s/"\/heartbeat\/<name>"/"\/heartbeat"/
