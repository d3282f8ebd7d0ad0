from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)  # ok: Django makes the index
    token = models.CharField(max_length=40)  # finding: DB-IDX-001 confidence: medium
    stripe_id = models.CharField(max_length=40)  # finding: DB-IDX-001
    code = models.CharField(max_length=40, db_index=True)  # ok: declared at the field; mutate: s/, db_index=True//
    sku = models.CharField(max_length=40)  # ok: first of an index; mutate: s/fields=["sku", "state"]/fields=["state", "sku"]/
    number = models.IntegerField()  # ok: the customer beside it has an index; mutate: shop/views.py s/customer=customer, number/number/
    email = models.EmailField()  # ok: no single row is looked up by it
    state = models.CharField(max_length=8)  # ok: no key by its name

    class Meta:
        indexes = [models.Index(fields=["sku", "state"])]


class Picture(models.Model):
    path = models.TextField()  # finding: DB-IDX-001 confidence: medium -- looked up over a relation
    digest = models.CharField(max_length=64)  # ok: the key beside it has an index; mutate: shop/views.py s/code=code, pictures__digest/pictures__digest/
    title = models.TextField()  # ok: no key by its name


class Album(models.Model):
    pictures = models.ManyToManyField(Picture)
    code = models.CharField(max_length=40, unique=True)
