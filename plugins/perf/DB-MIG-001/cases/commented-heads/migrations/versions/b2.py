"""Lines."""
from alembic import op

revision = "b2"
down_revision = "a0"  # finding: DB-MIG-001 confidence: high


def upgrade():
    op.execute("SELECT 1")
