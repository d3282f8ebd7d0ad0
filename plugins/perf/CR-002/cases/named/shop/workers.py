from shop.stores import db


class Worker:
    @staticmethod
    def find_all():
        return [dict(row) for row in db.get_workers()]
