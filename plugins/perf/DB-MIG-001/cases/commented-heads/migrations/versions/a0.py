"""Orders."""
from alembic import op

revision = "a0"
down_revision = None


def upgrade():
    op.execute("SELECT 1")
