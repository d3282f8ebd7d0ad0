"""Lines."""
from alembic import op

revision = "b2"
down_revision = "b1"  # ok: builds on the last; mutate: s|= "b1"|= "a0"|; mutate: s|= "b1"|= "c7"|


def upgrade():
    op.execute("SELECT 1")
