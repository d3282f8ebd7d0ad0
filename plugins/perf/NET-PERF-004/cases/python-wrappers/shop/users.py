from shop.http import call


def user(number):
    return call("GET", f"https://users.example/{number}")  # finding: NET-PERF-004


def quick(number):
    return call("GET", f"https://users.example/{number}", timeout=2)  # ok: gives a limit; mutate: s/, timeout=2//
