from django.core.management.base import BaseCommand

from shop.jobs import add_places, build_index


class Command(BaseCommand):
    def handle(self, *args, **options):
        build_index(options["owner"])
        add_places(options["owner"])
