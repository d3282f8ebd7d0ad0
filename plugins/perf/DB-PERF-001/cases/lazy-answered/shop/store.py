from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.models import Parcel, db


def parcels():
    statement = select(Parcel).order_by(Parcel.id)
    return db.session.scalars(statement).all()


def parcels_or_one(number=None):
    if number is None:
        return db.session.scalars(select(Parcel)).all()
    return db.session.scalars(select(Parcel).where(Parcel.id == number)).one()


def parcels_with_depots():
    return db.session.scalars(select(Parcel).options(joinedload(Parcel.depot))).all()


def parcels_of(depot):
    return db.session.scalars(select(Parcel).where(Parcel.depot_id == depot)).all()


def parcels_without_depot():
    return db.session.scalars(select(Parcel).where(Parcel.state == "new", Parcel.depot_id.is_(None))).all()


def narrowed(statement, states):
    if states:
        statement = statement.where(Parcel.state.in_(states))
    return statement


def brought(statement):
    return statement.options(joinedload(Parcel.depot))


def page_of_parcels(states, size):
    statement = select(Parcel)
    statement = narrowed(statement, states)
    statement = statement.order_by(Parcel.id)
    return db.paginate(statement, per_page=size)


def page_with_depots(size):
    statement = select(Parcel)
    statement = brought(statement)
    return db.paginate(statement, per_page=size)
