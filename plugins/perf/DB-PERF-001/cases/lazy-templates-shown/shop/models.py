from shop.database import Finders, db


class Country(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


class Customer(Finders, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)
    country_id = db.Column(db.Integer, db.ForeignKey("country.id"), index=True)
    country = db.relationship("Country")

    def parcels(self, page):
        return db.paginate(db.select(Parcel).where(Parcel.customer_id == self.id), page=page)


class Shipment(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    carrier_id = db.Column(db.Integer, db.ForeignKey("customer.id"), index=True)
    carrier = db.relationship("Customer")


class Parcel(Finders, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    label = db.Column(db.String)
    customer_id = db.Column(db.Integer, db.ForeignKey("customer.id"), index=True)
    customer = db.relationship("Customer", lazy="joined")
    shipment_id = db.Column(db.Integer, db.ForeignKey("shipment.id"), index=True)
    shipment = db.relationship("Shipment")

    def scans(self):
        return db.session.execute(db.select(db.func.count(Scan.id)).where(Scan.parcel_id == self.id)).scalar()

    def title(self):
        return f"{self.label} {self.id}"


class Scan(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    parcel_id = db.Column(db.Integer, db.ForeignKey("parcel.id"), index=True)
