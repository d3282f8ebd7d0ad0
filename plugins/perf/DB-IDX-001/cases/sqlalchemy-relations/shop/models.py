from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import backref

db = SQLAlchemy()

order_labels = db.Table(
    "order_labels",
    db.Column("order_id", db.ForeignKey("orders.id"), primary_key=True),
    # finding: DB-IDX-001
    db.Column("label_id", db.ForeignKey("labels.id"), primary_key=True),
)

# Neither side has an index.
follows = db.Table(
    "follows",
    db.Column("follower_id", db.Integer, db.ForeignKey("users.id")),  # finding: DB-IDX-001
    db.Column("followed_id", db.Integer, db.ForeignKey("users.id")),  # finding: DB-IDX-001
)

order_watchers = db.Table(
    "order_watchers",
    db.Column("order_id", db.ForeignKey("orders.id"), primary_key=True),
    # ok: nobody asks for the orders of a watcher; mutate: shop/views.py s/order.watchers/user.watched/
    db.Column("user_id", db.ForeignKey("users.id"), primary_key=True),
)

order_packers = db.Table(
    "order_packers",
    db.Column("order_id", db.ForeignKey("orders.id"), primary_key=True),
    # ok: it has an index of its own; mutate: s/primary_key=True, index=True/primary_key=True/
    db.Column("packer_id", db.ForeignKey("users.id"), primary_key=True, index=True),
)


class User(db.Model):
    __tablename__ = "users"
    id = db.Column(db.Integer, primary_key=True)
    followed = db.relationship(
        "User",
        secondary=follows,
        primaryjoin=(follows.c.follower_id == id),
        secondaryjoin=(follows.c.followed_id == id),
        backref=db.backref("followers", lazy="dynamic"),
    )


class Label(db.Model):
    __tablename__ = "labels"
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


class Member(db.Model):
    __tablename__ = "order_members"
    order_id = db.Column(db.ForeignKey("orders.id"), primary_key=True)
    user_id = db.Column(db.ForeignKey("users.id"), primary_key=True)  # finding: DB-IDX-001


class Order(db.Model):
    __tablename__ = "orders"
    id = db.Column(db.Integer, primary_key=True)
    shop_id = db.Column(db.ForeignKey("shops.id"))  # finding: DB-IDX-001
    buyer_id = db.Column(db.ForeignKey("users.id"))  # finding: DB-IDX-001
    seller_id = db.Column(db.ForeignKey(User.id))  # finding: DB-IDX-001
    editor_id = db.Column(db.ForeignKey("users.id"))  # ok: it is only followed to the editor; mutate: shop/views.py s/filter_by(buyer=user)/filter_by(editor=user)/
    shop = db.relationship("Shop")
    buyer = db.relationship("User", foreign_keys=[buyer_id])
    seller = db.relationship("User", foreign_keys=[seller_id])
    editor = db.relationship("User", foreign_keys=[editor_id])
    labels = db.relationship("Label", secondary="order_labels", backref="labelled")
    members = db.relationship("User", secondary="order_members")
    watchers = db.relationship("User", secondary=order_watchers, backref="watched")
    packers = db.relationship("User", secondary=order_packers, backref="packed")


class Shop(db.Model):
    __tablename__ = "shops"
    id = db.Column(db.Integer, primary_key=True)


class Parcel(db.Model):
    __tablename__ = "parcels"
    order_id = db.Column(db.ForeignKey("orders.id"), primary_key=True)
    number = db.Column(db.Integer, primary_key=True)


class Scan(db.Model):
    __tablename__ = "scans"
    id = db.Column(db.Integer, primary_key=True)
    order_id = db.Column(db.Integer)  # finding: DB-IDX-001
    number = db.Column(db.Integer)
    parcel = db.relationship(Parcel, backref=backref("scans", lazy="joined"))
    __table_args__ = (db.ForeignKeyConstraint([order_id, number], [Parcel.order_id, Parcel.number]), {})


class Weight(db.Model):
    __tablename__ = "weights"
    id = db.Column(db.Integer, primary_key=True)
    order_id = db.Column(db.Integer)  # ok: the second column of the key has an index; mutate: s/number = db.Column(db.Integer, index=True)/number = db.Column(db.Integer)/
    number = db.Column(db.Integer, index=True)
    parcel = db.relationship(Parcel, backref=backref("weights", lazy="selectin"))
    __table_args__ = (db.ForeignKeyConstraint(["order_id", "number"], ["parcels.order_id", "parcels.number"]),)


class Remark(db.Model):
    __tablename__ = "remarks"
    id = db.Column(db.Integer, primary_key=True)
    order_id = db.Column(db.ForeignKey("orders.id"))  # finding: DB-IDX-001 -- a statement goes by it
    author_id = db.Column(db.ForeignKey("users.id"))  # ok: a statement leads from it to the author only
    reader_id = db.Column(db.ForeignKey("users.id"), index=True)  # ok: declared at the column; mutate: s/reader_id = db.Column(db.ForeignKey("users.id"), index=True)/reader_id = db.Column(db.ForeignKey("users.id"))/


class Parking(db.Model):
    __tablename__ = "parkings"
    id = db.Column(db.Integer, primary_key=True)
    owner_id = db.Column(db.ForeignKey("users.id"))  # finding: DB-IDX-001 -- the owner is asked for by its name
    number = db.Column(db.Integer)
    owner = db.relationship("User")


class Permit(db.Model):
    __tablename__ = "permits"
    id = db.Column(db.Integer, primary_key=True)
    owner_id = db.Column(db.ForeignKey("users.id"))  # ok: its own key is asked for; mutate: shop/views.py s/Permit.id == number, User.id == number/User.id == number/
    owner = db.relationship("User")
