from fastapi import FastAPI, UploadFile

app = FastAPI()


@app.post("/lines")
def lines(table: UploadFile):
    return len(table.file.readlines())
