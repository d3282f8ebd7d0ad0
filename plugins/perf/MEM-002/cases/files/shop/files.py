import contextlib

ALL = []


def keep(file):
    ALL.append(file)


def opened():
    return open("prices.csv")  # ok: the caller's; mutate: s/return open("prices.csv")/open("prices.csv")/


@contextlib.contextmanager
def sheet():
    file = open("sheet.csv")  # ok: the block that uses it closes it; mutate: s/    yield file/    yield file.name/ s/    file.close()  # after the block/    print(1)/
    yield file
    file.close()  # after the block


class Reader:
    def __init__(self, path):
        self.file = open(path)  # ok: the object's

    def close(self):
        self.file.close()
