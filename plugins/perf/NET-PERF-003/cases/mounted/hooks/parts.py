from fastapi import FastAPI

from hooks.main import root

sub = FastAPI()  # ok: the application that it is mounted into answers for it; mutate: s|root.mount("/sub", sub)|print(sub)|
root.mount("/sub", sub)


@sub.get("/orders")
def orders():
    return []
