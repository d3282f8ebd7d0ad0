from pydantic import BaseModel, ConfigDict


class CustomerOut(BaseModel):
    name: str


class OrderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    customer: CustomerOut


class OrderLine(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
