import functions_framework
import polars  # perfctl: allow PERF-001 -- moved with the next release


def read():
    return polars.read_csv("orders.csv")


@functions_framework.http
def orders(request):
    return read().write_json() if request.path == "/orders" else "ok"
