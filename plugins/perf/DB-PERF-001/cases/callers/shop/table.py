from shop import api

HANDLERS = [api.of_another_file]
