from django.db import models

from shop.managers import PublishedManager


class Event(models.Model):
    title = models.CharField(max_length=200)
    starts_on = models.DateField()  # finding: DB-IDX-001 confidence: medium
    ends_on = models.DateField(db_index=True)  # ok: has one; mutate: s/db_index=True/null=True/
    code = models.CharField(max_length=20)  # ok: two queries only
    status = models.CharField(max_length=10)  # ok: one of a few values
    venue = models.ForeignKey("Venue", on_delete=models.CASCADE)
    seats = models.IntegerField()  # ok: the index of the key leads to few rows before; mutate: shop/views.py s/venue=venue, seats=seats)/seats=seats)/ shop/views.py s/venue=venue, seats=seats + 1/seats=seats + 1/ shop/views.py s/venue=venue, seats=seats + 2/seats=seats + 2/

    doors_at = models.DateTimeField()  # ok: the query is one of a venue from its first step; mutate: shop/views.py s/evening = Event.published.filter(venue=venue)/evening = Event.published.all()/

    published = PublishedManager()


class Venue(models.Model):
    name = models.CharField(max_length=200)
