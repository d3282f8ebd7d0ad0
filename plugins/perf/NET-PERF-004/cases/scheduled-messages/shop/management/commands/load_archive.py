import requests
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, *args, **options):
        self.stdout.write(requests.get("https://rates/load_archive").text)  # ok: no schedule names it; mutate: deploy/jobs.yaml s/  # Input/    Input/
