from shop.database import Stored, db


class State(Stored, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String, unique=True)


class Order(Stored, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    state_id = db.Column(db.Integer, db.ForeignKey("state.id"), index=True)

    def close(self):
        if self.state_id is None:
            state = db.session.execute(db.select(State).filter_by(name="closed")).scalar_one_or_none()
            self.state_id = state.id
            self.save()

    def reopen(self):
        if self.state_id is not None:
            self.state_id = None
            self.save()
