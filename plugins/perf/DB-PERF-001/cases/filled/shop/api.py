from fastapi import FastAPI
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, declarative_base, sessionmaker

app = FastAPI()
Base = declarative_base()
SessionLocal = sessionmaker(bind=create_engine("postgresql://db/shop"))
STATES = ["open", "closed"]
SEEN = ["open"]
TAKEN = ["open"]


class Line(Base):
    __tablename__ = "lines"


def line_of(session: Session, number):
    return session.query(Line).filter(Line.order_id == number).first()


def note(state: str):
    SEEN.append(state)


@app.post("/orders")
def filled(orders: list):
    session, found = SessionLocal(), []
    seen = {0}
    for order in orders:
        seen.add(order.id)
    for number in sorted(seen):
        found.append(line_of(session, number))  # finding: DB-PERF-001
    by_number = {"first": None}
    for order in orders:
        by_number[order.id] = order
    for number in by_number.keys():
        found.append(line_of(session, number))  # finding: DB-PERF-001
    numbers = [0]
    numbers.extend(order.id for order in orders)
    for number in numbers:
        found.append(line_of(session, number))  # finding: DB-PERF-001
    for state in SEEN:
        found.append(line_of(session, state))  # finding: DB-PERF-001
    return found


@app.post("/orders/queue")
def queued(first: int):
    session, found = SessionLocal(), []
    queue = [first]
    for number in queue:
        line = line_of(session, number)  # finding: DB-PERF-001
        queue.append(line.next_order_id)
        found.append(line)
    return found


def take(states: list):
    global TAKEN
    TAKEN += states


class Desk:
    def __init__(self):
        self.names = ["first"]
        self.open = ["first"]
        self.kinds = ["first", "second"]

    def add(self, names: list):
        self.names += names

    def note(self, name: str):
        self.open.append(name)

    def lines(self, session: Session):
        found = [line_of(session, name) for name in self.names]  # finding: DB-PERF-001
        found += [line_of(session, name) for name in self.open]  # finding: DB-PERF-001
        return found + [line_of(session, kind) for kind in self.kinds]  # ok: two of them; mutate: s/in self.kinds/in self.open/


@app.post("/orders/taken")
def taken():
    session = SessionLocal()
    return [line_of(session, state) for state in TAKEN]  # finding: DB-PERF-001


def states_of(orders: list):
    STATES = []
    for order in orders:
        STATES.append(order.state)
    return STATES


@app.post("/orders/few")
def few(orders: list, first: int, is_long: bool, query: str):
    session, found = SessionLocal(), []
    names = ["first"]
    if is_long:
        names.append("second")
    names.extend(["third", "fourth"])
    for name in sorted(names):
        found.append(line_of(session, name))  # ok: four at most; mutate: s/names.extend(["third", "fourth"])/names.extend(orders)/
    fields = {"name": None, "state": None}
    fields["name"] = query
    fields.update({"total": None}, kind=None)
    for order in orders:
        fields["state"] = order.state
    for field in fields.keys():
        found.append(line_of(session, field))  # ok: the keys are written down; mutate: s/fields["state"] = order.state/fields[order.id] = order.state/
    for state in sorted(STATES):
        found.append(line_of(session, state))  # ok: another list is filled; mutate: s/sorted(STATES)/sorted(SEEN)/
    return found


@app.post("/orders/counted")
def counted(ids: list[int], most: int):
    session, found = SessionLocal(), []
    for _ in range(len(ids)):
        found.append(session.query(Line).filter(Line.order_id == ids.pop()).first())  # finding: DB-PERF-001
    total = len(ids)
    for _ in range(0, total):
        found.append(session.query(Line).filter(Line.order_id == ids.pop()).first())  # finding: DB-PERF-001
    number = 0
    for _ in range(most):
        line = session.query(Line).filter(Line.order_id == number).first()  # ok: only counts; mutate: s/range(most)/range(len(ids))/
        number = line.next_order_id
    return found
