"""Events, runs, stops, subscriptions.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "scan_event",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("parcel_id", sa.BigInteger, sa.ForeignKey("parcel.id"), nullable=False),
        sa.Column("depot_id", sa.Integer, sa.ForeignKey("depot.id")),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("note", sa.String(200)),
        sa.Column("at", sa.DateTime, server_default=sa.func.now(), nullable=False),
    )
    op.create_index("ix_scan_event_parcel_id_at", "scan_event", ["parcel_id", "at"])
    op.create_index("ix_scan_event_depot_id", "scan_event", ["depot_id"])
    op.create_table(
        "run",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("depot_id", sa.Integer, sa.ForeignKey("depot.id"), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("van", sa.String(12), nullable=False),
    )
    op.create_index("ix_run_depot_id_day", "run", ["depot_id", "day"])
    op.create_table(
        "stop",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("run_id", sa.BigInteger, sa.ForeignKey("run.id"), nullable=False),
        sa.Column("parcel_id", sa.BigInteger, sa.ForeignKey("parcel.id"), nullable=False, unique=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("eta", sa.DateTime),
    )
    op.create_index("ix_stop_run_id_position", "stop", ["run_id", "position"])
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("tenant_id", sa.Integer, sa.ForeignKey("tenant.id"), nullable=False, index=True),
        sa.Column("url", sa.String(300), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    )


def downgrade() -> None:
    for table in ("subscription", "stop", "run", "scan_event"):
        op.drop_table(table)
