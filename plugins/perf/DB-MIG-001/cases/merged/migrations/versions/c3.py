"""Both."""
from alembic import op

revision = "c3"
down_revision = ("b1", "b2")  # ok: joins both


def upgrade():
    op.execute("SELECT 1")
