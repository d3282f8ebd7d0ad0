from shop.stores import Kept, Store


class Empty(Store):
    def keys(self):
        return []

    async def names(self):
        return []

    def sizes(self):
        return []


class Fixed(Kept):
    def keys(self):
        return ["first"]
