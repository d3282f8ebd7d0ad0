import httpx

CLIENT = httpx.Client()


def taxes(number):
    return CLIENT.get(f"https://taxes/{number}").json()  # finding: ACME-HTTP-001
