from django.core.management.base import BaseCommand

from shop.rates import rates


class Command(BaseCommand):
    def handle(self, *args, **options):
        self.stdout.write(str(rates()))
