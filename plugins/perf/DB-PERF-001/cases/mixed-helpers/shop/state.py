async def set_state(order, state, database):
    await database.execute("UPDATE orders SET state = :state WHERE id = :order", {"order": order, "state": state})
