from sqlalchemy import BigInteger, Column, ForeignKey, MetaData, Table

metadata = MetaData()

seasons = Table("seasons", metadata, Column("id", BigInteger, primary_key=True, index=True))

fixtures = Table(
    "fixtures",
    metadata,
    Column("id", BigInteger, primary_key=True, index=True),
    Column("season_id", BigInteger, ForeignKey("seasons.id"), nullable=False),  # finding: DB-IDX-001 confidence: medium
    Column("referee_id", BigInteger, ForeignKey("people.id")),  # ok: no statement goes by it; mutate: shop/store.py s/WHERE fixtures.id = :fixture/WHERE fixtures.referee_id = :fixture/
)

goals = Table(
    "goals",
    metadata,
    Column("id", BigInteger, primary_key=True, index=True),
    Column("fixture_id", BigInteger, ForeignKey("fixtures.id")),  # finding: DB-IDX-001 confidence: medium
    Column("scorer_id", BigInteger, ForeignKey("people.id"), index=True),  # ok: an index at the column; mutate: s/people.id"), index=True/people.id")/
)
