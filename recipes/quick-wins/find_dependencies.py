"""Finds what the service that starts in a folder of a repository depends on, and writes it down for pip.

Arguments: the folder of the environment to write to, the repository, the folder of the entry module in it, and a list
of dependencies given by the user (from the repository's root) or "". Writes requirements.txt, constraints.txt, and the
repository's own projects among the dependencies as paths of the environment. Pins of a lock become constraints of what
pyproject.toml or Pipfile declares; without a lock requirements.txt counts, then what is declared alone. The nearest to
the entry module wins. Nothing of the repository is run.

import_entry.py runs this text under another name and asks `find` what is declared. It may be any interpreter's, so that
everything beyond the standard library of Python 3.8 is looked for when it is needed.
"""

import ast
import configparser
import glob
import importlib
import json
import os
import re
import shlex
import sys
import sysconfig

LISTS = [
    "requirements.txt", "requirements/production.txt", "requirements/prod.txt", "requirements/base.txt",
    "requirements/main.txt", "requirements/requirements.txt", "requirements-prod.txt", "requirements.in",
]
# The lock that any tool may write (PEP 751).
PYLOCK = "pylock.toml"
# Where dependencies are declared, with the locks that may pin them.
DECLARATIONS = {"pyproject.toml": ["uv.lock", "poetry.lock", "pdm.lock", PYLOCK], "Pipfile": ["Pipfile.lock"]}
# Files that say something which cannot be read, with the reason.
UNREADABLE = {}

NAME = re.compile(r"\s*([A-Za-z0-9][\w.-]*)")
# An option of a list for pip that names a file, a folder or a project; a short one needs no blank.
OPTION = re.compile(r"\s*(?:-([rcef])\s*|--(requirement|constraint|editable|find-links)(?:\s*=\s*|\s+))(\S+)(.*)", re.S)
# What pip cannot fetch here: a folder (the repository is read, not installed) and what asks for a key.
UNFETCHABLE = re.compile(
    r"\s*(?:[\w.-]+\s*(?:\[[^]]*\])?\s*@\s*)?"
    r"(?P<place>\.|/|[\w.-]+/|file:|git\+(?:ssh|file):|git\+git@|git@|ssh:)"
)
# A clause of a version in Poetry's language: `^1.2`, `~1.2`, `>=1,<2`, `1.2.*`.
CLAUSE = re.compile(r"(\^|~=|~|={1,3}|!=|<=|>=|<|>)?\s*v?([\w*][\w.*+!-]*)")
# Pipfile writes markers as keys.
MARKER_KEYS = [
    "os_name", "sys_platform", "platform_machine", "platform_system", "platform_python_implementation",
    "implementation_name", "python_version", "python_full_version",
]


class NotFound(Exception):
    """A sentence that says why there is nothing to install."""


def plain(name):
    """A distribution's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def vendored(name):
    """A module that pip brings along: of this interpreter's pip, else of the one that it would install."""
    try:
        return importlib.import_module("pip._vendor." + name)
    except ImportError:
        import ensurepip
        sys.path += glob.glob(os.path.join(os.path.dirname(ensurepip.__file__), "_bundled", "pip-*.whl"))
        importlib.invalidate_caches()
        return importlib.import_module("pip._vendor." + name)


def toml():
    """A reader of TOML: the standard library's from Python 3.11 on, pip's before. None without either."""
    for find_reader in (lambda: importlib.import_module("tomllib"), lambda: vendored("tomli")):
        try:
            return find_reader()
        except ImportError:
            continue
    return None


def load(path):
    """The content of a TOML or JSON file; empty where there is none, nobody to read it, or something else in it."""
    reader = json if path.endswith("Pipfile.lock") else toml()
    if not reader or not os.path.isfile(path):
        return {}
    try:
        # Not `load`, which wants text in old versions of pip's reader and bytes in new ones.
        content = reader.loads(text(path))
    except (ValueError, RecursionError) as why:
        UNREADABLE[path] = str(why)
        return {}
    return content if isinstance(content, dict) else {}


def text(path):
    """The text of a file, which may begin with a byte order mark."""
    with open(path, "rb") as file:
        content = file.read()
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content.decode("utf-16" if wide else "utf-8-sig", errors="replace")


def successor(operator, version):
    """The first version that `^` or `~` excludes."""
    parts = [int(part) for part in re.match(r"[\d.]*", version)[0].strip(".").split(".") if part] or [0]
    if operator == "~":
        keep = min(2, len(parts))
    else:
        keep = next((at for at, part in enumerate(parts, 1) if part), len(parts))
    return ".".join(str(part) for part in parts[:keep - 1] + [parts[keep - 1] + 1])


def clauses(version):
    """Alternatives of a version in Poetry's language, each a list of operators and versions as PEP 440 has them."""
    alternatives = []
    for alternative in re.split(r"\|\|?", version):
        found = []
        for operator, number in CLAUSE.findall(alternative):
            if operator in ("^", "~"):
                found += [(">=", number), ("<", successor(operator, number))]
            elif number != "*":
                found.append(("==" if operator in ("", "=") else operator, number))
        alternatives.append(found)
    return alternatives


def limits(version):
    """A version in Poetry's language as pip reads it. Of alternatives, which pip does not know, it is the last."""
    return ",".join(operator + number for operator, number in clauses(version)[-1])


def python_marker(version):
    """The marker of Poetry's `python = "^3.8"`."""
    alternatives = []
    for alternative in clauses(version):
        parts = []
        for operator, number in alternative:
            whole = number.count(".") > 1 and not number.endswith(".*")
            parts.append('python_%sversion %s "%s"' % ("full_" if whole else "", operator, number))
        alternatives.append(" and ".join(parts))
    return " or ".join(alternatives) if all(alternatives) else ""


def marker(spec):
    """What a dependency's table says about where it is needed, as ` ; MARKER`."""
    found = [spec.get("markers") or "", python_marker(spec.get("python") or "*")]
    platforms = re.findall(r"(!=|==)?\s*([\w-]+)", spec.get("platform") or "")
    found.append(" or ".join('sys_platform %s "%s"' % (operator or "==", name) for operator, name in platforms))
    found += [key + " " + spec[key] for key in MARKER_KEYS if spec.get(key)]
    found = [one for one in found if one]
    return " ; " + " and ".join("(" + one + ")" if " or " in one else one for one in found) if found else ""


class Dependencies:
    """What a service depends on, as lines for pip."""

    def __init__(self, root):
        self.root = os.path.normpath(root)
        self.source = ""
        # Lines of requirements.txt and of constraints.txt.
        self.lines = []
        self.pins = []
        self.notes = []
        # What Python the projects on the way ask for.
        self.pythons = []
        # Dependencies that no index is asked for: name and how they are declared.
        self.elsewhere = {}
        # Folders of the repository's own projects by name, as the lock says, and of those that are depended on.
        self.local = {}
        self.paths = []
        self.seen = set()

    def add(self, line, folder=""):
        """Takes a requirement that is written down in a folder, or what stands for it where pip cannot fetch it."""
        name = re.match(r"\s*([\w.-]+)\s*(?:\[[^]]*\])?\s*@", line) or re.search(r"[#&]egg=([\w.-]+)", line)
        unfetchable = UNFETCHABLE.match(line)
        if unfetchable and self.enter_path(line[unfetchable.start("place"):], folder):
            return
        if name:
            self.elsewhere[plain(name[1])] = first_line(line)
        if unfetchable:
            self.notes.append("left out, because it is no package of an index: " + first_line(line))
        else:
            self.lines.append(line)

    def enter_path(self, path, folder):
        """Takes what the project at a path declares; false where there is none.

        Such a path starts where pip is called, which may be the folder of the list or one above it.
        """
        path = re.match(r"[^\s;\[]*", re.sub(r"^file:(//)?", "", path))[0]
        for above in upwards(self.root, folder) if ":" not in path else []:
            project = os.path.normpath(os.path.join(above, path))
            if is_within(self.root, project) and is_package(project):
                self.read_local(project)
                return True
        return False

    def read_list(self, path):
        """Takes a list for pip with the lists that it names. Paths in it start where it lies."""
        self.seen.add(path)
        for line in entries(text(path)):
            option = OPTION.match(line)
            if not option:
                self.add(line, os.path.dirname(path))
                continue
            kind, target = option[1] or option[2][0], option[3]
            if kind == "e":
                self.add(target + option[4], os.path.dirname(path))
            elif "://" in target:
                self.lines.append(line)
            else:
                self.follow(kind, os.path.normpath(os.path.join(os.path.dirname(path), target)), line)

    def follow(self, kind, path, line):
        """Takes the file or folder that an option of a list names."""
        if not os.path.exists(path):
            self.notes.append("left out, because there is no such file: " + first_line(line))
        elif kind != "r":
            self.lines.append("-%s %s" % (kind, shlex.quote(path)))
        elif path not in self.seen:
            self.read_list(path)

    def read_lock(self, path):
        """Takes the pins of a lock, and where the repository's own projects lie."""
        lock, versions = load(path), {}
        for name, spec in lock.get("default", {}).items():
            if spec.get("version", "").startswith("=="):
                versions.setdefault(name, set()).add(spec["version"][2:])
        for package in lock.get("package", []) + lock.get("packages", []):
            place = package.get("source", {})
            # The last is that of pylock.toml, as are `vcs` and `archive`.
            folder = (place.get("editable") or place.get("virtual") or place.get("directory")
                      or package.get("directory", {}).get("path"))
            elsewhere = ("git" in place or place.get("type") in ("git", "directory", "file", "url")
                         or "vcs" in package or "archive" in package)
            if folder:
                self.local[plain(package["name"])] = os.path.normpath(os.path.join(os.path.dirname(path), folder))
            elif not elsewhere and "version" in package:
                versions.setdefault(package["name"], set()).add(package["version"])
        # A package that is locked in several versions for several platforms is left to pip.
        self.pins = [name + "==" + min(found) for name, found in sorted(versions.items()) if len(found) == 1]

    def read_project(self, folder):
        """Takes what the pyproject.toml or else the setup of a folder declares."""
        if folder in self.seen:
            return
        self.seen.add(folder)
        about = load(os.path.join(folder, "pyproject.toml"))
        listed = about.get("project", {}).get("dependencies", [])
        tool = about.get("tool", {})
        tables = {plain(name): spec for name, spec in tool.get("poetry", {}).get("dependencies", {}).items()}
        tables.pop("python", None)
        # Where both are given, Poetry's table only says where a package comes from, as uv's does.
        sources = dict(tables)
        sources.update((plain(name), spec) for name, spec in tool.get("uv", {}).get("sources", {}).items())
        for line in listed:
            name = NAME.match(line) if isinstance(line, str) else None
            if not name:
                self.notes.append("no dependency: " + repr(line) + " in " + folder + "/pyproject.toml")
                continue
            name = plain(name[1])
            tables.pop(name, None)
            source = sources.get(name)
            source = next(iter(source), None) if isinstance(source, list) else source
            if not (isinstance(source, dict) and self.fetch(folder, name, source)) and not self.enter(name):
                self.add(line, folder)
        for name, spec in tables.items():
            self.read_table(folder, name, spec)
        if not listed and not tables:
            for line in setup(folder):
                self.add(line, folder)

    def read_pipfile(self, folder):
        """Takes what the Pipfile of a folder declares."""
        for name, spec in load(os.path.join(folder, "Pipfile")).get("packages", {}).items():
            self.read_table(folder, name, spec)

    def read_table(self, folder, name, spec):
        """Takes a dependency as Poetry and Pipenv declare it: a version, a table, or several of them."""
        for one in spec if isinstance(spec, list) else [spec]:
            one = {"version": one} if isinstance(one, str) else one
            if not one.get("optional") and not self.fetch(folder, name, one) and not self.enter(name):
                self.add(name + extras(one) + limits(one.get("version") or "*") + marker(one))

    def fetch(self, folder, name, spec):
        """Takes a dependency that comes from elsewhere than an index; otherwise it is false."""
        path = spec.get("path")
        url = spec.get("url") or spec.get("file")
        if spec.get("git"):
            reference = spec.get("rev") or spec.get("tag") or spec.get("branch") or spec.get("ref")
            url = "git+" + spec["git"] + ("@" + reference if reference else "")
        if url:
            part = "#subdirectory=" + spec["subdirectory"] if spec.get("subdirectory") else ""
            self.add(name + extras(spec) + " @ " + url + part + marker(spec), folder)
        elif path:
            self.local.setdefault(plain(name), os.path.normpath(os.path.join(folder, path)))
        if (path or spec.get("workspace")) and not self.enter(name):
            self.add(name + " @ file:" + (path or "<workspace>"), folder)
        return bool(url or path or spec.get("workspace"))

    def enter(self, name):
        """Takes what another project of the repository declares; false where there is no such project."""
        folder = self.local.get(plain(name), "")
        if not os.path.isdir(folder) or not is_within(self.root, folder):
            return False
        self.read_local(folder)
        return True

    def read_local(self, folder):
        """Takes what a project of the repository declares, and where its modules lie."""
        if folder not in self.paths:
            self.paths += [path for path in (folder, os.path.join(folder, "src")) if os.path.isdir(path)]
            self.read_project(folder)

    def declared(self):
        """Names of what is declared for this interpreter and platform."""
        try:
            requirement = vendored("packaging.requirements").Requirement
        except ImportError:
            requirement = None
        declared = list(self.elsewhere.items())
        for line in self.lines:
            line = re.sub(r"\s(#|--|\\$).*", "", first_line(line)).strip()
            name = NAME.match(line)
            if name and "://" not in line:
                declared.append((plain(name[1]), line))
        return {name for name, line in declared if applies(line, requirement)}


def entries(listed):
    """The entries of a list for pip, each with the lines that it goes on in after a backslash."""
    found = []
    for line in listed.splitlines():
        if found and found[-1].endswith("\\") and not found[-1].lstrip().startswith("#"):
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


def first_line(entry):
    """What an entry begins with; in the lines that it goes on in stand hashes and the like."""
    return entry.split("\\\n")[0].strip()


def applies(line, requirement):
    """Whether the marker of a requirement holds here. What cannot be read is left to pip, and holds."""
    try:
        found = requirement(line).marker if requirement else None
        return found is None or found.evaluate()
    except ValueError:
        return True


def extras(spec):
    """The extras of a dependency's table."""
    return "[" + ",".join(spec["extras"]) + "]" if spec.get("extras") else ""


def setup(folder):
    """What setup.cfg and setup.py declare, as far as it is written down as a list."""
    found = configparser.ConfigParser(interpolation=None)
    try:
        found.read(os.path.join(folder, "setup.cfg"), encoding="utf-8")
    except (configparser.Error, ValueError) as why:
        UNREADABLE[os.path.join(folder, "setup.cfg")] = str(why)
    listed = found.get("options", "install_requires", fallback="").splitlines()
    path = os.path.join(folder, "setup.py")
    values = {}
    try:
        tree = ast.parse(text(path) if os.path.isfile(path) else "")
    except (SyntaxError, ValueError, RecursionError):
        # One of Python 2, or none at all.
        tree = ast.parse("")
    for node in tree.body:
        if isinstance(node, ast.Assign):
            values.update((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "install_requires":
            value = values.get(node.value.id) if isinstance(node.value, ast.Name) else node.value
            items = value.elts if isinstance(value, (ast.List, ast.Tuple)) else []
            listed += [item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]
    return [line for line in listed if line.strip() and not line.strip().startswith(("file:", "#"))]


def upwards(root, start):
    """The folder of the entry module and those above it, up to the repository's root."""
    folders = [os.path.normpath(os.path.join(root, start))]
    while folders[-1] != os.path.normpath(root) and len(folders) < 20:
        folders.append(os.path.dirname(folders[-1]))
    return folders


def is_within(root, path):
    """Whether a path lies in the repository."""
    return os.path.join(path, "").startswith(os.path.join(root, ""))


def is_package(folder):
    """Whether a folder holds a project that can be installed."""
    return declares(folder, "pyproject.toml") or any(
        os.path.isfile(os.path.join(folder, name)) for name in ("setup.py", "setup.cfg"))


def first(paths):
    """The first of these files that is there, or ""."""
    return next((path for path in paths if os.path.isfile(path)), "")


def declares(folder, name):
    """Whether this pyproject.toml or Pipfile says what the service depends on."""
    about = load(os.path.join(folder, name))
    poetry = set(about.get("tool", {}).get("poetry", {}).get("dependencies", {})) - {"python"}
    return bool(about.get("project", {}).get("dependencies") or poetry or about.get("packages"))


def find(root, start, given):
    """The dependencies of the service that starts in the folder `start` of the repository `root`."""
    found = Dependencies(root)
    folders = upwards(root, start)
    if given and not os.path.isfile(os.path.join(root, given)):
        raise NotFound("there is no file " + given + " in the repository, which --set requirements names")
    listed = given or first(os.path.join(folder, name) for folder in folders for name in LISTS)
    if not given and find_declared(found, folders, bool(listed)):
        return found
    if listed:
        found.source = os.path.normpath(os.path.join(root, listed))
        found.read_list(found.source)
        return found
    lock = first(os.path.join(folder, PYLOCK) for folder in folders)
    if lock:
        found.source = lock
        found.read_lock(lock)
        found.lines = found.pins
        return found
    for folder in folders:
        if setup(folder):
            found.source = os.path.join(folder, "setup.cfg or setup.py")
            found.read_project(folder)
            return found
    raise NotFound(
        "no list of dependencies was found (requirements.txt, pyproject.toml, Pipfile, setup.cfg, setup.py): "
        "name one with --set requirements=FILE"
    )


def find_declared(found, folders, locked):
    """Takes the nearest pyproject.toml or Pipfile that declares anything, and is `locked` if that is asked for."""
    for at, folder in enumerate(folders):
        wanted = load(os.path.join(folder, "pyproject.toml")).get("project", {}).get("requires-python")
        found.pythons += [wanted] if wanted else []
        for name, locks in DECLARATIONS.items():
            lock = first(os.path.join(up, lock) for up in folders[at:] for lock in locks)
            if not declares(folder, name) or (locked and not lock):
                continue
            found.source = os.path.join(folder, name) + (" with " + lock if lock else "")
            if lock:
                found.read_lock(lock)
            (found.read_pipfile if name == "Pipfile" else found.read_project)(folder)
            return True
    return False


def check(wanted):
    """Ends the program where the project asks for another Python."""
    here = "%d.%d.%d" % sys.version_info[:3]
    if not vendored("packaging.specifiers").SpecifierSet(wanted).contains(here, prereleases=True):
        sys.exit("the project asks for Python " + wanted + ", and this is " + here
                 + ": name another with --set base=python3.X")


def write(path, lines):
    """Writes lines to a file."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def unreadable(root):
    """A sentence for each file that could not be read."""
    return [path.replace(os.path.join(root, ""), "") + " cannot be read: " + why for path, why in UNREADABLE.items()]


def main(out, root, start, given):
    """Writes what was found to `out` and says where it was found."""
    try:
        found = find(root, start, given)
    except NotFound as why:
        sys.exit("\n".join([str(why)] + unreadable(root)))
    for wanted in found.pythons:
        check(wanted)
    write(os.path.join(out, "constraints.txt"), found.pins)
    write(os.path.join(out, "requirements.txt"), found.lines)
    modules = sysconfig.get_path("purelib", vars={"base": out, "platbase": out})
    if found.paths and os.path.isdir(modules):
        write(os.path.join(modules, "repository.pth"), found.paths)
    for note in found.notes + unreadable(root):
        print("note:", note.replace(os.path.join(root, ""), ""))
    print("note: dependencies of", found.source.replace(os.path.join(root, ""), ""))


if __name__ == "__main__":
    main(*sys.argv[1:])
