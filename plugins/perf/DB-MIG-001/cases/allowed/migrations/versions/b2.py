"""Lines."""
from alembic import op

revision = "b2"
# perfctl: allow DB-MIG-001 -- joined in the next change
down_revision = "a0"


def upgrade():
    op.execute("SELECT 1")
