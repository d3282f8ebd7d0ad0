from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, *args, **options):
        file = open("orders.csv")  # ok: a command ends, and its files with it
        print(file.read())
