"""Installs what find_dependencies.py found into the environment that runs this.

Argument: the folder with requirements.txt and constraints.txt. Pins that do not fit together for this interpreter are dropped rather
than the measurement; a note says so.
"""

import os, subprocess, sys
cache = sys.argv[1]
pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "-r", os.path.join(cache, "requirements.txt")]
pins = os.path.join(cache, "constraints.txt")

def install(further):
    ran = subprocess.run(pip + further, stderr=subprocess.PIPE)
    text = ran.stderr.decode(errors="replace")
    sys.stderr.write(text)
    return ran.returncode, text

code, text = install(["-c", pins] if os.path.getsize(pins) > 1 else [])
if "ResolutionImpossible" in text and os.path.getsize(pins) > 1:
    print("note: the versions of the lock do not fit together for this interpreter; the newest that fit were installed")
    code, text = install([])
if "CERTIFICATE_VERIFY_FAILED" in text:
    sys.exit("the certificate of the package index is not trusted: name its authority with PIP_CERT=FILE in perfctl's environment")
errors = [line for line in text.splitlines() if line.startswith("ERROR: ") and "ResolutionImpossible" not in line]
if code and "require a different python version" in text:
    sys.exit(errors[-1][7:] + " for Python %d.%d: name a newer one with --set base=python3.X" % sys.version_info[:2])
sys.exit(errors[0][7:] if code and errors else code)
