"""The carriers' references move from the notes of the first event into a column of their own.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("parcel", sa.Column("carrier_ref", sa.String(40)))
    connection = op.get_bind()
    events = connection.execute(sa.text("SELECT * FROM scan_event WHERE note LIKE 'ref:%'")).mappings().all()
    for event in events:
        known = connection.execute(
            sa.text("SELECT carrier_ref FROM parcel WHERE id = :id"), {"id": event["parcel_id"]}
        ).scalar()
        if known is None:
            connection.execute(
                sa.text("UPDATE parcel SET carrier_ref = :ref WHERE id = :id"),
                {"ref": event["note"][4:44], "id": event["parcel_id"]},
            )
    op.create_index("ix_parcel_carrier_code_carrier_ref", "parcel", ["carrier_code", "carrier_ref"])


def downgrade() -> None:
    op.drop_column("parcel", "carrier_ref")
