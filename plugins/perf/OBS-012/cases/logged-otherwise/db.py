from sqlalchemy import create_engine, event

engine = create_engine("postgresql://db/shop")
