"""Orders."""
import sqlalchemy as sa
from alembic import op

revision = "a0"
down_revision = None


def upgrade():
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_table("lines", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("lines", sa.Column("remark", sa.Text()))
    op.add_column("olds", sa.Column("size", sa.Integer()))
