from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from shop.models import Visit

app = FastAPI()


def session() -> Session:
    return Session()


@app.get("/patients/{number}/health")
def health(number: int, db: Session = Depends(session)):
    return db.query(Visit).filter_by(patient=number).all()  # ok: the health of a patient, whatever the handler is called; mutate: s|/patients/{number}/health|/health/{number}|


@app.get("/pets/health")
def healthcheck(db: Session = Depends(session)):
    return db.query(Visit).all()  # finding: CR-002 confidence: medium
