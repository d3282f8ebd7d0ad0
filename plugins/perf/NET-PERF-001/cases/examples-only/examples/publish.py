import requests

requests.post("https://letters.example/inbox", data="hello", timeout=5)
