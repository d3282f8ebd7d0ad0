import logging
import sys

from shop.settings import Settings

settings = Settings()


def configure(stack):
    if settings.debug:
        logging.basicConfig(level=logging.DEBUG)  # ok: asked for; mutate: s/if settings.debug:/if True:/
    if not sys.stdout.isatty():
        logging.basicConfig(level=logging.DEBUG)  # finding: LOG-PERF-001
    if "pytest" not in sys.modules:
        logging.getLogger("shop").setLevel(logging.DEBUG)  # finding: LOG-PERF-001
    level = logging.DEBUG if settings.verbose else logging.INFO
    logging.getLogger("mail").setLevel(level)  # ok: chosen by a setting; mutate: s/logging.DEBUG if settings.verbose else logging.INFO/logging.DEBUG/


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG)  # ok: when it is run by hand
