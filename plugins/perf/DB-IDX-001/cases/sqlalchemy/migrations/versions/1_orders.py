from alembic import op

down_revision = None


def upgrade():
    op.create_index("orders_editor", "orders", ["editor_id"])


def downgrade():
    op.drop_index("orders_editor")
