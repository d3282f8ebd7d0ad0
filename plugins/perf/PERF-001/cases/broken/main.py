import functions_framework
import polars  # finding: PERF-001


def unfinished(:
    pass


def read():
    return polars.read_csv("orders.csv")


@functions_framework.http
def orders(request):
    return read().write_json() if request.path == "/orders" else "ok"
