import argparse
import logging


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    if args.verbose:
        logging.basicConfig(level=logging.DEBUG)  # ok: asked for on the command line
    print("done")


if __name__ == "__main__":
    main()
