import requests


class Stock:
    def __init__(self, number):
        self.place = requests.get(f"https://stock/{number}", timeout=3).json()

    def count(self):
        return len(self.place)


def parts(number):
    for part in requests.get(f"https://parts/{number}", timeout=3).json():
        yield part
