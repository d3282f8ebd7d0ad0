from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, Table, UniqueConstraint

metadata = MetaData()

parcels = Table("parcels", metadata, Column("id", Integer, primary_key=True))
depots = Table("depots", metadata, Column("id", Integer, primary_key=True))
routes = Table("routes", metadata, Column("id", Integer, primary_key=True))

stops = Table(
    "stops",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("parcel_id", ForeignKey("parcels.id", ondelete="CASCADE")),  # finding: DB-IDX-001 confidence: medium
    Column("depot_id", ForeignKey("depots.id", ondelete="SET NULL")),  # finding: DB-IDX-001 confidence: medium
    Column("route_id", ForeignKey("routes.id", ondelete="CASCADE")),  # ok: no route is deleted; mutate: shop/store.py s/"no route"/routes.delete()/
    Column("driver_id", ForeignKey("drivers.id")),  # ok: the database refuses, and there are few stops; mutate: s/"drivers.id")/"drivers.id", ondelete="CASCADE")/
    Column("previous_id", ForeignKey("stops.id")),  # ok: nothing is said to become of it, and the name tells of no growth; mutate: s/    "stops",/    "messages",/ s/ForeignKey("stops.id")/ForeignKey("messages.id")/ shop/store.py s/DELETE FROM drivers/DELETE FROM messages/
)

scans = Table(
    "scans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("stop_id", ForeignKey("stops.id", ondelete="CASCADE")),  # finding: DB-IDX-001 confidence: medium
    Column("driver_id", ForeignKey("drivers.id")),  # finding: DB-IDX-001 confidence: medium
)

damages = Table(
    "damages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("created_at", DateTime),
    Column("depot_id", ForeignKey("depots.id")),  # finding: DB-IDX-001 confidence: medium -- it tells when rows are added, so there are ever more
    Column("route_id", ForeignKey("routes.id")),  # ok: no route is deleted; mutate: shop/store.py s/"no route"/routes.delete()/
)

seals = Table(
    "seals",
    metadata,
    Column("parcel_id", ForeignKey("parcels.id", ondelete="CASCADE")),  # ok: the constraint begins with it; mutate: s/UniqueConstraint("parcel_id", "number")/UniqueConstraint("number", "parcel_id")/
    Column("number", Integer),
    UniqueConstraint("parcel_id", "number"),
)

members = Table(
    "members",
    metadata,
    Column("organisation_id", ForeignKey("organisations.id", ondelete="CASCADE")),  # finding: DB-IDX-001 confidence: low
)
