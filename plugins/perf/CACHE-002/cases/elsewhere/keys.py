import requests


def main():
    print(requests.get("https://login.example.org/.well-known/jwks.json", timeout=2).json())  # ok: run by hand


if __name__ == "__main__":
    main()
