import joblib
import sklearn.preprocessing as scaling  # ok: read while the module is loaded; mutate: s/SCALER = scaling.StandardScaler()/SCALER = None/
import torch  # ok: a class of it is a base here; mutate: s/class Net(torch.nn.Module):/class Net:/
from fastapi import FastAPI
from polars import read_parquet  # ok: the module itself calls what reads it; mutate: s/TABLE = load()/TABLE = None/

app = FastAPI()
SCALER = scaling.StandardScaler()


class Net(torch.nn.Module):
    def forward(self, rows):
        return torch.relu(rows)


def load():
    return read_parquet("table.parquet")


TABLE = load()


@app.get("/score")
def score(value: float):
    return joblib.load("model")(scaling.scale([value]), Net())


@app.get("/")
def root():
    return {}
