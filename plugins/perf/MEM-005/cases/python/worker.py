import app
from app import DRAINED


def drain():
    while DRAINED:
        print(app.DRAINED.pop())
    DRAINED.clear()
