from alembic import op
from sqlalchemy.orm import Session


def upgrade():
    session = Session(bind=op.get_bind())  # ok: ends with the migration
    session.execute("UPDATE orders SET owner = 1")
