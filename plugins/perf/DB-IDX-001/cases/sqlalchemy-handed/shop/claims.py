from .models import Claim


class Claims:
    # Which session it is, only its caller knows.
    def __init__(self, session):
        self.session = session

    def of_holder(self, holder):
        return self.session.query(Claim).filter_by(holder_id=holder).all()

    def one(self, number):
        return self.session.query(Claim).filter_by(id=number).first()
