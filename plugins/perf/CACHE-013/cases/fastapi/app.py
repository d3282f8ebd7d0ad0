from fastapi import FastAPI, Response

from data import PRICES as KNOWN, RATES, TAXES, UNITS

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


@app.get("/prices")
def prices():
    return KNOWN  # ok: changed where it is defined; mutate: data.py s/PRICES.update(load())/PRICES.copy()/


@app.get("/rates")
def rates():
    return RATES  # ok: changed by a job; mutate: jobs.py s/data.RATES["a"] = rate/pass/


@app.get("/units")
def units():
    return UNITS  # ok: entries go; mutate: data.py s/del UNITS[name]/pass/


@app.get("/taxes")
def taxes():
    return TAXES  # finding: CACHE-013
