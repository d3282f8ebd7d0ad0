from pydantic import BaseModel


class Element(BaseModel):
    url: str


class Job(BaseModel):
    targets: dict[str, str]
