import strawberry

from shop.models import Order, Session


@strawberry.type
class Query:
    @strawberry.field
    def orders(self) -> list[str]:  # finding: API-001
        session = Session()
        return session.query(Order).all()
