from django.core.management.base import BaseCommand

from shop.rates import table


class Command(BaseCommand):
    def handle(self, *args, **options):
        table("/tmp/table.csv")
