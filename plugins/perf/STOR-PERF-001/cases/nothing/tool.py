import tempfile


def run():
    return tempfile.mkdtemp()
