from flask import Flask

from shop import create_app, shop_celery

application = Flask("tasks")  # ok: the context of a worker; mutate: s/application.app_context().push()/application.run()/
create_app(application)
application.app_context().push()
