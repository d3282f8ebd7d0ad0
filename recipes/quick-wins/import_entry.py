"""Imports the entry module, and says what the repository's own code looked for in vain.

Arguments: the repository, the module, variables of the environment (NAME=VALUE, several with commas), a list of
dependencies given by the user or "", and the text of find_dependencies.py. A service that goes on without a dependency
is not fast, it is half there: `import absent:` and `import needed:` (it is declared) name the module and the place.
Nothing is imported before the entry module that it would otherwise have to import itself.
"""

import os
import sys

# Frames of the import system itself: the part that is built in, and the library's folder.
IMPORTING = ("<frozen importlib", os.path.join(os.path.dirname(os.__file__), "importlib", ""))

# Distributions by the module that they provide, where the names differ. `google-*` is whatever begins with it.
PROVIDERS = {
    "attr": "attrs", "azure": "azure-*", "bs4": "beautifulsoup4", "corsheaders": "django-cors-headers",
    "Crypto": "pycryptodome pycrypto", "Cryptodome": "pycryptodomex",
    "cv2": "opencv-python opencv-python-headless opencv-contrib-python opencv-contrib-python-headless",
    "dateutil": "python-dateutil", "django_filters": "django-filter", "docx": "python-docx",
    "dotenv": "python-dotenv", "environ": "django-environ", "faiss": "faiss-cpu faiss-gpu", "fitz": "pymupdf",
    "git": "gitpython", "github": "pygithub", "google": "google-* googleapis-common-protos protobuf",
    "jose": "python-jose", "jwt": "pyjwt", "kafka": "kafka-python kafka-python-ng", "ldap": "python-ldap",
    "Levenshtein": "python-levenshtein", "magic": "python-magic", "multipart": "python-multipart",
    "MySQLdb": "mysqlclient", "nacl": "pynacl", "OpenSSL": "pyopenssl", "opentelemetry": "opentelemetry-*",
    "PIL": "pillow pillow-simd", "pkg_resources": "setuptools", "pptx": "python-pptx", "psycopg2": "psycopg2-binary",
    "pythonjsonlogger": "python-json-logger", "rest_framework": "djangorestframework", "ruamel": "ruamel-*",
    "serial": "pyserial", "skimage": "scikit-image", "sklearn": "scikit-learn", "slugify": "python-slugify",
    "socks": "pysocks", "telegram": "python-telegram-bot", "websocket": "websocket-client", "yaml": "pyyaml",
    "zmq": "pyzmq",
}


class Absent:
    """Asked last, so only for what nobody else finds. Who asked is the first frame that is not of the import system."""

    def __init__(self, root):
        self.root = root
        self.places = {}

    def find_spec(self, name, path=None, target=None):
        """Notes who looked for a top-level module, and finds nothing."""
        frame = sys._getframe(1)
        while frame and frame.f_code.co_filename.startswith(IMPORTING):
            frame = frame.f_back
        file = frame.f_code.co_filename if frame else "<none>"
        # `<frozen ntpath>` is a part of the interpreter and no file.
        file = "" if file.startswith("<") else os.path.abspath(file)
        if file.startswith(self.root + os.sep) and "site-packages" not in file and "." not in name:
            self.places.setdefault(name, os.path.relpath(file, self.root) + ":" + str(frame.f_lineno))


class Declared:
    """What the repository declares: the names of distributions, and how those are declared that no index has."""

    def __init__(self, finder, root, start, given):
        finding = {"__name__": "find_dependencies"}
        self.names, self.elsewhere = set(), {}
        try:
            exec(finder, finding)
            found = finding["find"](root, start, given)
            self.names, self.elsewhere = found.declared(), found.elsewhere
        except Exception:
            # A list that cannot be read is told where it is installed from. Here it is as if there were none.
            pass

    def provider(self, module):
        """The declared distribution that provides a module, or ""."""
        names = [module.replace("_", "-").lower()] + PROVIDERS.get(module, "").split()
        for name in sorted(self.names):
            if any(name == one or (one.endswith("*") and name.startswith(one[:-1])) for one in names):
                return name
        return ""

    def why(self, module):
        """Why a module that is not installed is not, as far as the lists say."""
        how = self.elsewhere.get(self.provider(module))
        if how:
            return "declared as `" + how + "`, no package of an index: `prepare` leaves it out unless pip can fetch it"
        return "no declared dependency is known by that name" if self.names and not self.provider(module) else ""


def explain(error, entry, declared):
    """Adds to an import error why the module is not installed, unless it is a part of what is there."""
    module = (error.name or "").split(".")[0]
    if error.name == module and module != entry.split(".")[0]:
        why = declared().why(module)
        error.msg = str(error) + ("; " + why if why else "")


def variables(text):
    """The variables of NAME=VALUE, several with commas. A comma that no variable follows is a part of the value."""
    found = []
    for piece in text.split(","):
        name, equals, value = piece.partition("=")
        if equals and name.strip().isidentifier():
            found.append([name.strip(), value])
        elif found:
            found[-1][1] += "," + piece
    return found


def main(root, entry, env, given, finder):
    """Imports the entry module and prints what it did without."""
    start = os.getcwd()
    os.environ.update(variables(env))
    sys.path[0] = start
    absent = Absent(root)

    def declared():
        return Declared(finder, root, start, given)

    sys.meta_path.append(absent)
    try:
        __import__(entry)
    except ModuleNotFoundError as error:
        sys.meta_path.remove(absent)
        explain(error, entry, declared)
        raise
    sys.meta_path.remove(absent)
    print("import done")
    lists = declared() if absent.places else None
    for name, place in absent.places.items():
        known = lists.provider(name)
        why = lists.why(name) if known else ""
        print("import needed:" if known else "import absent:", name, place + ("; " + why if why else ""))


arguments = sys.argv[1:]
del sys.argv[1:]
main(*arguments)
