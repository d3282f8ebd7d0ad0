from fastapi import BackgroundTasks, FastAPI

app = FastAPI()


def send(number):
    ...


@app.post("/orders")
def order(number: int, tasks: BackgroundTasks):
    tasks.add_task(send, number)
    return {"ok": True}
