"""Imports the entry module, and says what the repository's own code looked for in vain.

Arguments: the repository, the module, and variables of the environment (NAME=VALUE, several with commas). A service that goes on
without a dependency is not fast, it is half there: `import absent:` and `import needed:` (it is declared) name the module and the place.
"""

import os, sys
root, entry, env = sys.argv[1:]
del sys.argv[1:]
os.environ.update(pair.split("=", 1) for pair in env.split(",") if "=" in pair)
sys.path[0] = os.getcwd()
absent = {}

class Absent:
    # Asked last, so only for what nobody else finds. Who asked is the first frame that is not the import system's own.
    @staticmethod
    def find_spec(name, path=None, target=None):
        frame = sys._getframe(1)
        while frame and "importlib" in frame.f_code.co_filename:
            frame = frame.f_back
        file = frame.f_code.co_filename if frame else "<none>"
        # `<frozen ntpath>` is a part of the interpreter and no file.
        file = "" if file.startswith("<") else os.path.abspath(file)
        if file.startswith(root + os.sep) and "site-packages" not in file and "." not in name:
            absent.setdefault(name, os.path.relpath(file, root) + ":" + str(frame.f_lineno))

sys.meta_path.append(Absent)
__import__(entry)
sys.meta_path.remove(Absent)
print("import done")
import re
declared = ""
here = os.getcwd()
while here.startswith(root):
    for name in sorted(os.listdir(here)):
        if re.match(r"requirements.*\.(txt|in)$|pyproject\.toml$|setup\.(py|cfg)$|Pipfile$", name):
            with open(os.path.join(here, name), errors="replace") as file:
                declared += file.read().lower()
    here = os.path.dirname(here)
known = dict(PIL="pillow", attr="attrs", bs4="beautifulsoup4", cv2="opencv", dateutil="python-dateutil", dotenv="python-dotenv",
             google="google-", jose="python-jose", jwt="pyjwt", magic="python-magic", multipart="python-multipart",
             psycopg2="psycopg2", sklearn="scikit-learn", yaml="pyyaml")
for name, place in absent.items():
    wanted = known.get(name, name).lower()
    pattern = r"(?<![\w-])" + "[-_.]".join(re.escape(part) for part in re.split(r"[-_.]", wanted))
    kind = "import needed:" if re.search(pattern, declared) else "import absent:"
    print(kind, name, place)
