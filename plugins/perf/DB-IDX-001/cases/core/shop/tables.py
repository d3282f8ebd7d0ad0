import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, UniqueConstraint

metadata = MetaData()

customers = Table("customers", metadata, Column("id", Integer, primary_key=True), Column("email", String, unique=True))

orders = Table(
    "orders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customers.id"), nullable=False),  # finding: DB-IDX-001 confidence: medium
    Column("packer_id", ForeignKey("customers.id"), index=True),  # ok: an index at the column; mutate: s/, index=True//
    Column("coupon_id", ForeignKey("coupons.id")),  # finding: DB-IDX-001 confidence: medium
    Column("depot_id", ForeignKey("depots.id")),  # ok: an index behind the table; mutate: s/Index("ix_orders_depot", orders.c.depot_id)/note = 1/
    Column("reviewer_id", ForeignKey("customers.id")),  # ok: nobody asks by it; mutate: shop/store.py s/orders.select().where(orders.c.id == number/orders.select().where(orders.c.reviewer_id == number/
    Column("carrier_id", ForeignKey("carriers.id")),  # ok: only asked for with the key; mutate: shop/store.py s/.where(orders.c.id == number, orders.c.carrier_id == carrier)/.where(orders.c.carrier_id == carrier)/
    Column("tracking_number", String),  # finding: DB-IDX-001 confidence: medium
)
Index("ix_orders_depot", orders.c.depot_id)

lines = sa.Table(
    "order_lines",
    metadata,
    sa.Column("order_id", sa.ForeignKey("orders.id"), primary_key=True),  # ok: the primary key begins with it; mutate: s/"orders.id"), primary_key=True/"orders.id")/
    # finding: DB-IDX-001 confidence: medium
    sa.Column(
        "product_id",
        sa.ForeignKey("products.id"),
        primary_key=True,
    ),
)

visits = Table(
    "visits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", ForeignKey("customers.id")),  # ok: the constraint begins with it; mutate: s/UniqueConstraint("customer_id", "shop_id")/UniqueConstraint("shop_id", "customer_id")/
    Column("shop_id", ForeignKey("shops.id")),  # finding: DB-IDX-001 confidence: medium
    UniqueConstraint("customer_id", "shop_id"),
)

refunds = Table(
    "refunds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("order_id", ForeignKey("orders.id")),  # finding: DB-IDX-001 confidence: medium
    Column("clerk_id", ForeignKey("customers.id")),  # ok: an or, of which one side finds only a part; mutate: shop/store.py s/sa.or_(refunds.c.clerk_id == clerk, refunds.c.id == clerk)/refunds.c.clerk_id == clerk/
)

labels = Table(
    "labels",
    metadata,
    Column("order_id", ForeignKey("orders.id")),  # ok: read from the database, which may have an index; mutate: s/autoload_with=engine/comment=""/
    autoload_with=engine,
)

roles = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("role_id", ForeignKey("roles.id")),  # finding: DB-IDX-001 confidence: low
)
