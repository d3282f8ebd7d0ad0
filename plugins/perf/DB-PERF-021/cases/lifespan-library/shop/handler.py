from mangum import Mangum

from shop.app import app

handler = Mangum(app, lifespan="auto")  # finding: DB-PERF-021 confidence: medium
other = Mangum(app, lifespan="off")  # ok: the application is not started here; mutate: s/, lifespan="off"//
