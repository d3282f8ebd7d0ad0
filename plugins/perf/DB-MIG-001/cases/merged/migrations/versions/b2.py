"""Lines."""
from alembic import op

revision = "b2"
down_revision = "a0"


def upgrade():
    op.execute("SELECT 1")
