from celery import shared_task

from shop.models import Country, Customer, Order


@shared_task
def remind():
    for customer in Customer.objects.all():  # finding: MEM-001
        mail(customer)


@shared_task
def remind_slowly():
    for customer in Customer.objects.all().iterator():  # ok: in chunks; mutate: s/.iterator()//
        mail(customer)


@shared_task
def remind_later():
    customers = Customer.objects.all()  # ok: in chunks where they are taken; mutate: s/customers.iterator(chunk_size=500)/customers/
    for customer in customers.iterator(chunk_size=500):
        mail(customer)


@shared_task
def late(day):
    orders = list(Order.objects.all())  # finding: MEM-001
    return sum(order.total for order in orders)


@shared_task
def picked(day):
    return [order.id for order in Order.objects.all() if order.due < day]  # finding: MEM-001


@shared_task
def asked(day):
    return [order.id for order in Order.objects.filter(due=day)]  # ok: the database picks; mutate: s/filter(due=day)/all()/


@shared_task
def narrowed(day):
    orders = Order.objects.order_by("id")  # ok: narrowed before it is used; mutate: s/    orders = orders.filter(due=day)\n//
    orders = orders.filter(due=day)
    return [order.id for order in orders]


@shared_task
def codes():
    return [country.code for country in Country.objects.all()]  # ok: few by nature; mutate: s/country in Country/country in Order/


@shared_task
def of_customer(customer):
    return [order.id for order in customer.orders.all()]  # ok: one customer's; mutate: s/customer.orders.all()/Order.objects.all()/


@shared_task
def counted():
    return Order.objects.all().count()  # ok: the database counts


@shared_task
def handed(keys):
    return nodes(keys, qs=Order.objects.select_related("customer"))  # ok: handed on before it runs


@shared_task
def channels():
    return [channel.name for channel in Channel.objects.all()]  # ok: nothing is known of that name
