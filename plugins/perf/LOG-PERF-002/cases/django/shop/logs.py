import logging

from shop.models import Record


class RowHandler(logging.Handler):
    def emit(self, record):
        Record.objects.create(text=record.getMessage())
