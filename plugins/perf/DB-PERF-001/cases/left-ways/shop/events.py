from sqlalchemy.orm import Session

from shop.models import Shop


class Bus:
    def __init__(self, session: Session, queue):
        self.session = session
        self.queue = queue

    def dispatch(self, event: str, shop_id: int | None) -> None:
        if not shop_id:
            shops = [shop.id for shop in self.session.query(Shop).all()]
        else:
            shops = [shop_id]
        for one in shops:
            self.queue.put((event, one))


class Orders:
    def __init__(self, bus: Bus):
        self.bus = bus

    def publish(self, event: str, shop_id: int | None) -> None:
        self.bus.dispatch(event, shop_id)

    def tell(self, changed: dict[int, str]) -> None:
        for shop_id, event in changed.items():
            self.publish(event, shop_id)  # finding: DB-PERF-001 confidence: low

    def tell_all(self, events: list[str]) -> None:
        for event in events:
            self.publish(event, None)  # finding: DB-PERF-001 confidence: medium

    def publisher(self, shop_id: int):
        def publish(event: str) -> None:
            self.publish(event, shop_id)

        return publish

    def tell_shop(self, shop_id: int, events: list[str]) -> None:
        publish = self.publisher(shop_id)
        for event in events:
            publish(event)  # finding: DB-PERF-001 confidence: low

    def tell_here(self, shop_id: int, events: list[str]) -> None:
        def publish(event: str) -> None:
            self.publish(event, shop_id)

        for event in events:
            publish(event)  # finding: DB-PERF-001 confidence: low
