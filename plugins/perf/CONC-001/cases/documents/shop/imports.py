from io import BytesIO

import dns.resolver
import openpyxl
import pandas as pd
from fastapi import FastAPI, UploadFile
from google.cloud.vision import ImageAnnotatorClient
from pypdf import PdfReader
from pyxform.xls2xform import convert

app = FastAPI()


def lines_of(data):
    return [page.extract_text() for page in PdfReader(data).pages]


@app.post("/prices")
async def prices(file: UploadFile):
    # How large the workbook is, who sends it decides.
    return pd.read_excel(BytesIO(await file.read())).to_dict()  # finding: CONC-001 confidence: medium


@app.post("/forms")
async def forms(file: UploadFile):
    return convert(BytesIO(await file.read())).xform  # finding: CONC-001 confidence: medium


@app.post("/invoices")
async def invoices(file: UploadFile):
    return lines_of(file.file)  # finding: CONC-001 confidence: medium


@app.get("/countries")
async def countries():
    return pd.read_csv("countries.csv").to_dict()  # finding: CONC-001 confidence: low


async def nightly(path):
    return openpyxl.load_workbook(path).active  # finding: CONC-001 confidence: low


@app.post("/stock")
def stock(file: UploadFile):
    return openpyxl.load_workbook(file.file).active.max_row  # ok: runs in a thread; mutate: s/def stock/async def stock/


@app.post("/dictation")
async def dictation(url: str):
    # Clients of the clouds wait in the thread that asks.
    found = ImageAnnotatorClient().text_detection(url)  # finding: CONC-001 confidence: high
    return found, dns.resolver.resolve(url)  # finding: CONC-001
