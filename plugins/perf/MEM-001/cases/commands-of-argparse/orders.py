import argparse

from flask import Flask, jsonify

from models import Order

app = Flask(__name__)


def find_lost(known: set) -> list:
    orders = Order.query.order_by(Order.id).all()  # ok: a command that somebody types
    return [order for order in orders if order.number not in known]


def find_late(known: set) -> list:
    orders = Order.query.order_by(Order.id).all()  # finding: MEM-001
    return [order for order in orders if order.number not in known]


def check(args: argparse.Namespace) -> None:
    print(len(find_lost(set(args.known))))


@app.route("/late")
def late():
    return jsonify(late=len(find_late({"1"})))


def add_commands(commands: argparse._SubParsersAction) -> None:
    parser = commands.add_parser("check")
    parser.set_defaults(func=check)
