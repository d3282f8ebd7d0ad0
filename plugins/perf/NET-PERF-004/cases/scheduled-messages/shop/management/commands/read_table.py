import requests
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, *args, **options):
        self.stdout.write(requests.get("https://rates/read_table").text)  # finding: NET-PERF-004
