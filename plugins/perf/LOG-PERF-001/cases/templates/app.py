import logging

logging.getLogger(__name__)
