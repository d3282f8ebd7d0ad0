from sqlalchemy import create_engine, event

engine = create_engine("postgresql://db/shop")


@event.listens_for(engine, "after_cursor_execute")
def log_slow(connection, cursor, statement, parameters, context, executemany):
    print(statement)
