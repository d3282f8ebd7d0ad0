import sqlalchemy as sa
from alembic import op


def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text, unique=True))
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("slug", sa.Text, unique=True),
        sa.Column("author_id", sa.Integer, sa.ForeignKey("users.id")),  # finding: DB-IDX-001 -- the follower is filtered, the articles joined
        sa.Column("editor_id", sa.Integer, sa.ForeignKey("users.id")),  # ok: has an index in the next migration; mutate: migrations/versions/2_indexes.py s/["editor_id"]/["slug"]/
        sa.Column("checker_id", sa.Integer, sa.ForeignKey("users.id")),  # ok: goes with the migration that takes it away
    )
    op.create_table(
        "favourites",
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), primary_key=True),
        # finding: DB-IDX-001
        sa.Column("article_id", sa.Integer, sa.ForeignKey("articles.id"), primary_key=True),
    )
    op.create_table(
        "follows",
        sa.Column("follower_id", sa.Integer, nullable=False),
        sa.Column("followed_id", sa.Integer, nullable=False),  # ok: only asked together with the follower; mutate: shop/sql/queries.sql s/ AND follower_id = :follower//
        sa.PrimaryKeyConstraint("follower_id", "followed_id"),
        sa.ForeignKeyConstraint(["followed_id"], ["users.id"]),
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article_id", sa.Integer, nullable=False),  # finding: DB-IDX-001 -- a later migration makes it a key
        sa.Column("author_id", sa.Integer, sa.ForeignKey("users.id")),  # ok: asked with the key of the row; mutate: shop/sql/queries.sql s/WHERE id = :id AND author_id/WHERE author_id/
        sa.Column("state_id", sa.Integer, sa.ForeignKey("states.id")),  # finding: DB-IDX-001 confidence: low -- of few states
    )


def downgrade():
    op.drop_table("comments")
    op.drop_table("articles")
