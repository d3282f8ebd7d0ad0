from __future__ import annotations

import typing

import boto3

if typing.TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from somewhere.tables import Book


class Store:
    def __init__(self) -> None:
        self._table: typing.Optional["Table"] = None

    @property
    def table(self) -> typing.Optional["Table"]:
        if not self._table:
            self._table = boto3.resource("dynamodb").Table("orders")
        return self._table

    def order(self, key):
        return self.table.get_item(Key={"id": key})["Item"]


def orders(store: Store, keys):
    return [store.order(key) for key in keys]  # finding: DB-PERF-001


def pages(book: "Book", keys):
    return [book.get_item(Key=key) for key in keys]  # ok: not AWS's; mutate: s/somewhere.tables import Book/mypy_boto3_dynamodb.service_resource import Table as Book/
