from sqlmodel import Field, SQLModel


class Order(SQLModel, table=True):
    id: int = Field(primary_key=True)


class Customer(SQLModel, table=True):
    id: int = Field(primary_key=True)
