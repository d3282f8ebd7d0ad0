from sqlalchemy import create_engine

engine = create_engine("postgresql://db/shop")  # ok: the repository sets a limit, which may hold for this one; mutate: shop/database.py s/=30000/=0/
