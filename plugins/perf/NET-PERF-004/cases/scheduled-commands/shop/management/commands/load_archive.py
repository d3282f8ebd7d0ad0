"""python manage.py load_archive, which no schedule starts."""
from django.core.management.base import BaseCommand

from shop.rates import archive


class Command(BaseCommand):
    def handle(self, *args, **options):
        archive("/tmp/archive.zip")
