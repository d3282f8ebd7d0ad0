"""Installs what find_dependencies.py found into the environment that runs this.

Argument: the folder with requirements.txt and constraints.txt. Pins that do not fit together for this interpreter, and
what comes from elsewhere than an index and cannot be fetched, are dropped rather than the measurement; a note says so.
"""

import os
import subprocess
import sys

PIP = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]


def install(*arguments):
    """Runs pip, passes on what it says and returns its exit code with that."""
    ran = subprocess.run(PIP + list(arguments), stderr=subprocess.PIPE)
    said = ran.stderr.decode(errors="replace")
    sys.stderr.write(said)
    return ran.returncode, said


def explain(said):
    """The sentence for the report about what pip said when it failed, or ""."""
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return ("the certificate of the package index is not trusted: name its authority with PIP_CERT=FILE in "
                "perfctl's environment")
    errors = [line[7:] for line in said.splitlines()
              if line.startswith("ERROR: ") and "ResolutionImpossible" not in line]
    if "require a different python version" in said and errors:
        return errors[-1] + " for Python %d.%d: name a newer one with --set base=python3.X" % sys.version_info[:2]
    return errors[0] if errors else ""


def install_pinned(requirements, pins):
    """Installs a list with the pins, or without them where they contradict each other."""
    # Without pins the file is one line break.
    pinned = os.path.getsize(pins) > 1
    code, said = install("-r", requirements, *(["-c", pins] if pinned else []))
    if pinned and "ResolutionImpossible" in said:
        print("note: the versions of the lock do not fit together for this interpreter; "
              "the newest that fit were installed")
        code, said = install("-r", requirements)
    return code, said


def entries(text):
    """The entries of a list; one goes on in the next line after a backslash."""
    found = []
    for line in text.splitlines():
        if found and found[-1].endswith("\\") and not found[-1].lstrip().startswith("#"):
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


def is_fetched(entry):
    """Whether a requirement is an address instead of a package of an index."""
    return "://" in entry.split(" #")[0].split(" --")[0] and not entry.lstrip().startswith(("-", "#"))


def main(folder):
    """Installs all that is wanted, or else what the index has."""
    requirements, pins = os.path.join(folder, "requirements.txt"), os.path.join(folder, "constraints.txt")
    code, said = install_pinned(requirements, pins)
    with open(requirements, encoding="utf-8") as file:
        wanted = entries(file.read())
    fetched = [entry for entry in wanted if is_fetched(entry)]
    if code and fetched:
        first = explain(said) or "pip failed"
        with open(requirements, "w", encoding="utf-8") as file:
            file.write("\n".join(entry for entry in wanted if entry not in fetched) + "\n")
        code, said = install_pinned(requirements, pins)
        if not code:
            names = ", ".join(entry.splitlines()[0].rstrip(" \\") for entry in fetched)
            print("note: left out, because it could not be fetched (" + first + "): " + names)
    if code:
        sys.exit(explain(said) or code)


main(sys.argv[1])
