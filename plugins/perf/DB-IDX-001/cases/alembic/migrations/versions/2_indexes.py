from alembic import op


def upgrade():
    op.create_index("articles_editor", "articles", ["editor_id"])
    op.create_foreign_key("comments_article", "comments", "articles", ["article_id"], ["id"])
    op.drop_column("articles", "checker_id")


def downgrade():
    op.drop_index("articles_editor")
