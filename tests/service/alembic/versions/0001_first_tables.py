"""First tables.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "tenant",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("api_key", sa.String(64), nullable=False, unique=True),
    )
    op.create_table(
        "depot",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(6), nullable=False, unique=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("postcode", sa.String(10), nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
    )
    op.create_table(
        "parcel",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("tracking_number", sa.String(12), nullable=False, unique=True),
        sa.Column("tenant_id", sa.Integer, sa.ForeignKey("tenant.id"), nullable=False),
        sa.Column("depot_id", sa.Integer, sa.ForeignKey("depot.id"), nullable=False),
        sa.Column("carrier_code", sa.String(8), nullable=False),
        sa.Column("sender_postcode", sa.String(10), nullable=False),
        sa.Column("recipient_postcode", sa.String(10), nullable=False),
        sa.Column("weight_g", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False, server_default="announced"),
        sa.Column("promised_on", sa.Date),
        sa.Column("created_at", sa.DateTime, server_default=sa.func.now(), nullable=False),
    )
    op.create_index("ix_parcel_tenant_id_id", "parcel", ["tenant_id", "id"])
    op.create_index("ix_parcel_depot_id_status", "parcel", ["depot_id", "status"])


def downgrade() -> None:
    for table in ("parcel", "depot", "tenant"):
        op.drop_table(table)
