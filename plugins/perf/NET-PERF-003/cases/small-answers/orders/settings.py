import os

ROUTE = dict(os.environ)
