"""Notes."""
from alembic import op

revision = "b1"
down_revision = "a0"


def upgrade():
    op.execute("SELECT 1")
