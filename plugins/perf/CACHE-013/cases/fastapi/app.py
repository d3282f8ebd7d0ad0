from fastapi import FastAPI, Response

app = FastAPI()
COUNTRIES = ["AT", "BE", "CH", "DE", "FR", "NL"]
DRAFTS = ["a", "b", "c", "d", "e"]


@app.get("/countries")
def countries():
    return COUNTRIES  # finding: CACHE-013 confidence: medium


@app.get("/named")
def named():
    return {"countries": COUNTRIES}  # finding: CACHE-013


@app.get("/health")
def health():
    return COUNTRIES  # ok: nobody keeps that; mutate: s/def health/def lands/


@app.get("/drafts")
def drafts():
    return DRAFTS  # ok: it changes; mutate: s/    DRAFTS.append(name)/    pass/


@app.post("/drafts")
def add(name: str):
    DRAFTS.append(name)


@app.get("/one")
def one(number: int):
    return find(number)  # ok: another answer for each; mutate: s/find(number)/COUNTRIES/
