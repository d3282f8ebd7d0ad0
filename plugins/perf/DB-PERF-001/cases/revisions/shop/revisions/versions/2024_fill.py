"""Gives every project a severity."""

from alembic import op
from sqlalchemy import Column, Integer
from sqlalchemy.orm import Session, declarative_base

revision = "3b0f5b81376f"
down_revision = "d6438d754467"
Base = declarative_base()


class Project(Base):
    __tablename__ = "project"
    id = Column(Integer, primary_key=True)


class Severity(Base):
    __tablename__ = "severity"
    id = Column(Integer, primary_key=True)


def upgrade():
    session = Session(bind=op.get_bind())
    for project in session.query(Project).all():
        session.query(Severity).filter(Severity.id == project.id).first()  # ok: a migration runs once; mutate: s/from alembic import op/from shop.db import op/ s/upgrade/fill/
