import logging
from logging.handlers import SMTPHandler

import flask


def main():
    logging.getLogger().addHandler(SMTPHandler("mail", "a", ["b"], "c"))  # ok: run by hand
    print(flask.__version__)


if __name__ == "__main__":
    main()
