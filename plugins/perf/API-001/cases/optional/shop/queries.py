from shop.models import Customer


def customers_by_id(customer_id=None):
    if customer_id:
        return Customer.query.filter_by(id=customer_id).one()
    return Customer.query.filter_by().all()


def customers_for(customer_id=None):
    if customer_id is None:
        return Customer.query.filter_by().all()
    else:
        return Customer.query.filter_by(id=customer_id).one()
