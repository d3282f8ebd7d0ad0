class Client:
    def __init__(self, url):
        self.url = url


def profile(user_id):
    return {"id": user_id}


def region(name):
    return name


def total():
    return 1


def page(url):
    return url


def day(user_id):
    return user_id
