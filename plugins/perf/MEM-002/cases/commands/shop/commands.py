import functools

import click
from flask import Flask

app = Flask("shop")


class shop_command:
    def __init__(self, name):
        self.name = name

    def __call__(self, fn):
        functools.wraps(fn)(fn)
        app.cli.add_command(click.command(name=self.name)(fn))
        return fn


class counted:
    def __init__(self, name):
        self.name = name

    def __call__(self, fn):
        return fn


@shop_command(name="load")
def load(path):
    file = open(path)  # ok: an operator's command, which ends at once; mutate: s/@shop_command(name="load")/@counted(name="load")/
    for line in file:
        print(line)
