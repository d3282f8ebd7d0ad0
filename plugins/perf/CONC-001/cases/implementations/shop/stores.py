from abc import ABC, abstractmethod

import requests


class Store(ABC):
    @abstractmethod
    def keys(self):
        """The keys of the store."""

    @abstractmethod
    def names(self): ...

    def sizes(self):
        raise NotImplementedError


class Remote(Store):
    def keys(self):
        return requests.get("https://stock/keys", timeout=3).json()

    def names(self):
        return requests.get("https://stock/names", timeout=3).json()

    def sizes(self):
        return requests.get("https://stock/sizes", timeout=3).json()


class Kept(Store):
    def __init__(self):
        self.kept = {}

    def keys(self):
        return list(self.kept)

    def names(self):
        return requests.get("https://kept/names", timeout=3).json()

    def sizes(self):
        return []
