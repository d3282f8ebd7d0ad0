import sqlalchemy as sa
from alembic import op


def upgrade():
    op.create_table("accounts", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table("depots", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table(
        "parcels",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id", ondelete="CASCADE")),  # finding: DB-IDX-001 confidence: medium
        sa.Column("payer_id", sa.Integer, sa.ForeignKey("accounts.id")),  # ok: the database refuses, and nothing tells that there are many; mutate: s/sa.ForeignKey("accounts.id"))/sa.ForeignKey("accounts.id", ondelete="SET NULL"))/
        sa.Column("depot_id", sa.Integer, sa.ForeignKey("depots.id", ondelete="CASCADE")),  # ok: no depot is deleted; mutate: shop/accounts.py s/SELECT id FROM depots/DELETE FROM depots/
        sa.Column("owner_id", sa.Integer, sa.ForeignKey("accounts.id", ondelete="CASCADE")),  # ok: has an index below; mutate: s/["owner_id"]/["id"]/
        sa.Column("sender_id", sa.Integer),  # finding: DB-IDX-001 confidence: medium
        sa.Column("reader_id", sa.Integer),  # finding: DB-IDX-001 confidence: medium
        sa.ForeignKeyConstraint(["sender_id"], ["accounts.id"], ondelete="SET NULL"),
    )
    op.create_index("ix_parcels_owner", "parcels", ["owner_id"])
    op.create_foreign_key("fk_reader", "parcels", "accounts", ["reader_id"], ["id"], ondelete="CASCADE")


def downgrade():
    op.drop_table("parcels")
