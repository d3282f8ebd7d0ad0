"""Writes requirements.txt and constraints.txt into a folder: what the service that starts in `start` depends on.

Arguments: the folder to write to, the repository, the folder of the entry module in it, and a list of dependencies given by the user
or "". Pins of uv.lock, poetry.lock or pdm.lock become constraints of what pyproject.toml declares; without them requirements.txt
counts, then pyproject.toml alone. The nearest to the entry module wins. Nothing of the repository is run.
"""

import ast, configparser, os, re, sys
try:
    import tomllib
except ImportError:
    from pip._vendor import tomli as tomllib
from pip._vendor.packaging import specifiers
out, root, start, given = sys.argv[1:]
lines, pins, local = [], [], {}

def plain(name):
    return re.sub(r"[-_.]+", "-", name.strip()).lower()

def load(path):
    if not os.path.isfile(path):
        return {}
    with open(path, "rb") as file:
        return tomllib.load(file)

def copy(path, seen):
    seen.add(path)
    for line in open(path, encoding="utf-8-sig"):
        word = re.match(r"\s*(-r|--requirement|-c|--constraint|-e|--editable)[ =]\s*(\S+)", line)
        if word and word[1] in ("-r", "--requirement"):
            other = os.path.normpath(os.path.join(os.path.dirname(path), word[2]))
            if other not in seen and os.path.isfile(other):
                copy(other, seen)
        elif word and word[1] in ("-c", "--constraint"):
            lines.append("-c " + os.path.join(os.path.dirname(path), word[2]))
        elif word or re.match(r"\s*(\.|file:)", line):
            print("note: left out, because it is no package of an index:", line.strip())
        else:
            lines.append(line.rstrip("\n"))

def poetry(name, spec, locked):
    versions = spec if isinstance(spec, list) else [spec]
    for spec in versions:
        spec = dict(version=spec) if isinstance(spec, str) else spec
        if spec.get("optional") or "path" in spec or "git" in spec or "url" in spec:
            continue
        version = spec.get("version", "*").strip()
        caret = re.match(r"(\^|~)\s*(\d+)((?:\.\d+)*)", version)
        if locked or version == "*":
            version = ""
        elif caret:
            parts = (caret[2] + caret[3]).split(".")
            keep = 1 if caret[1] == "^" and parts[0] != "0" else min(2, len(parts))
            upper = parts[:keep]
            upper[-1] = str(int(upper[-1]) + 1)
            version = ">=" + caret[2] + caret[3] + ",<" + ".".join(upper)
        elif version[0].isdigit():
            version = "==" + version
        extras = "[" + ",".join(spec["extras"]) + "]" if spec.get("extras") else ""
        lines.append(name + extras + version + ("; " + spec["markers"] if spec.get("markers") else ""))

def project(folder, seen):
    seen.add(folder)
    about = load(os.path.join(folder, "pyproject.toml"))
    for line in about.get("project", {}).get("dependencies", []):
        name = plain(re.match(r"[\w.-]+", line)[0])
        if name not in local:
            lines.append(line)
        elif local[name] not in seen and os.path.isdir(local[name]):
            project(local[name], seen)
    for name, spec in about.get("tool", {}).get("poetry", {}).get("dependencies", {}).items():
        if name != "python":
            poetry(name, spec, bool(pins))

def setup(folder):
    found = configparser.ConfigParser(interpolation=None)
    found.read(os.path.join(folder, "setup.cfg"), encoding="utf-8")
    listed = found.get("options", "install_requires", fallback="").splitlines()
    path = os.path.join(folder, "setup.py")
    for node in ast.walk(ast.parse(open(path, encoding="utf-8").read())) if os.path.isfile(path) else []:
        if isinstance(node, ast.keyword) and node.arg == "install_requires" and isinstance(node.value, ast.List):
            listed += [item.value for item in node.value.elts if isinstance(item, ast.Constant)]
    return [line for line in listed if line.strip() and not line.startswith("file:")]

def check(about):
    wanted = about.get("project", {}).get("requires-python")
    here = "%d.%d.%d" % sys.version_info[:3]
    if wanted and not specifiers.SpecifierSet(wanted).contains(here, prereleases=True):
        sys.exit("the project asks for Python " + wanted + ", and this is " + here + ": name another with --set base=python3.X")

folders = [os.path.normpath(os.path.join(root, start))]
while folders[-1] != os.path.normpath(root) and len(folders) < 20:
    folders.append(os.path.dirname(folders[-1]))
names = ["requirements.txt", "requirements/production.txt", "requirements/prod.txt", "requirements/base.txt", "requirements/main.txt",
         "requirements/requirements.txt", "requirements-prod.txt", "requirements.in"]
lists = [os.path.join(folder, name) for folder in folders for name in names]
source = given or next((path for path in lists if os.path.isfile(path)), "")
for folder in [] if given else folders:
    about = load(os.path.join(folder, "pyproject.toml"))
    check(about)
    listed = about.get("project", {}).get("dependencies") or about.get("tool", {}).get("poetry", {}).get("dependencies")
    lock = next((path for up in folders[folders.index(folder):] for name in ("uv.lock", "poetry.lock", "pdm.lock")
                 for path in [os.path.join(up, name)] if os.path.isfile(path)), "")
    if not listed or (source and not lock):
        continue
    versions = {}
    for package in load(lock).get("package", []) if lock else []:
        place = package.get("source", {})
        path = place.get("editable") or place.get("virtual") or place.get("directory")
        if path:
            local[plain(package["name"])] = os.path.normpath(os.path.join(os.path.dirname(lock), path))
        elif "git" not in place and place.get("type") not in ("git", "directory", "file", "url") and "version" in package:
            versions.setdefault(package["name"], set()).add(package["version"])
    pins = [name + "==" + min(found) for name, found in sorted(versions.items()) if len(found) == 1]
    project(folder, set())
    source = os.path.join(folder, "pyproject.toml") + (" with " + lock if lock else "")
    break
else:
    if source:
        copy(source, set())
for folder in [] if source else folders:
    lines = lines or setup(folder)
    source = source or (os.path.join(folder, "setup.cfg or setup.py") if lines else "")
if not source:
    sys.exit("no list of dependencies was found (requirements.txt, pyproject.toml, setup.cfg, setup.py): name one with --set requirements=FILE")
with open(os.path.join(out, "constraints.txt"), "w") as file:
    file.write("\n".join(pins) + "\n")
with open(os.path.join(out, "requirements.txt"), "w") as file:
    file.write("\n".join(lines) + "\n")
print("note: dependencies of", source.replace(os.path.join(root, ""), ""))
