from shop.state import set_state


class Orders:
    @staticmethod
    async def lock_for_closing(order, database):
        await set_state(order, "closing", database)

    @staticmethod
    async def close(order, database, note=None):
        await database.execute("UPDATE orders SET state = 'closed' WHERE id = :order", {"order": order})
        total = await Orders.total(order, database)
        await database.execute("INSERT INTO totals (order_id, total) VALUES (:order, :total)", {"order": order, "total": total})

    @staticmethod
    async def mark(order, database):
        await set_state(order, "marked", database)
        return await Orders.marked(order, database)

    @staticmethod
    async def marked(order, database):
        return order

    @staticmethod
    async def total(order, database):
        return await database.fetch_val("SELECT sum(price) FROM lines WHERE order_id = :order", {"order": order})
