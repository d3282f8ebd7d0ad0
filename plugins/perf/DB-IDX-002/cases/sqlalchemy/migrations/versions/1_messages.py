from alembic import op


def upgrade():
    op.create_index("messages_edited", "messages", ["edited_at"])
