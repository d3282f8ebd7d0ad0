class Compiler:
    def compile(self, text):
        return text


def run(sources):
    re = Compiler()
    for source in sources:
        re.compile("a")  # ok: another `re`
