from fastapi import FastAPI

app = FastAPI()
COUNTRIES = ["AT", "BE", "CH", "DE", "FR", "NL"]


@app.get("/countries")
def countries():
    return COUNTRIES  # finding: CACHE-013
