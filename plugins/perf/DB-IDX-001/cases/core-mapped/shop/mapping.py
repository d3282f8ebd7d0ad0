from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import registry

from shop.model import Batch, Line

mapper_registry = registry()

batches = Table("batches", mapper_registry.metadata, Column("id", Integer, primary_key=True), Column("sku", String))
lines = Table(
    "order_lines",
    mapper_registry.metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("batches.id")),  # finding: DB-IDX-001 confidence: medium
    Column("order_id", ForeignKey("orders.id")),  # finding: DB-IDX-001 confidence: medium
    Column("clerk_id", ForeignKey("clerks.id")),  # ok: no query goes by it; mutate: shop/repository.py s/Line.id == clerk/Line.clerk_id == clerk/
)


def start():
    mapper_registry.map_imperatively(Line, lines)
    mapper_registry.map_imperatively(Batch, batches)
