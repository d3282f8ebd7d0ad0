"""The billing department's database. Ours to read, not to change."""

from __future__ import annotations

from typing import Any

import psycopg2
from psycopg2.extras import RealDictCursor

from parcel.settings import get_settings

connection = psycopg2.connect(get_settings().billing_dsn, connect_timeout=5)
connection.set_session(readonly=True, autocommit=True)


def find_invoice(tenant_id: int, number: str) -> dict[str, Any] | None:
    """One invoice of a shop."""
    with connection.cursor(cursor_factory=RealDictCursor) as cursor:
        cursor.execute(
            "SELECT id, number, issued_on, cents FROM invoice WHERE tenant_id = %s AND number = %s",
            (tenant_id, number),
        )
        return cursor.fetchone()


def lines_of(invoice_id: int) -> list[dict[str, Any]]:
    """The lines of an invoice."""
    with connection.cursor(cursor_factory=RealDictCursor) as cursor:
        cursor.execute("SELECT * FROM invoice_line WHERE invoice_id = %s ORDER BY position", (invoice_id,))
        return cursor.fetchall()


def open_items(tenant_id: int) -> int:
    """How many invoices a shop has not paid."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM invoice WHERE tenant_id = %s AND paid_on IS NULL", (tenant_id,))
        (number,) = cursor.fetchone()
    return number
