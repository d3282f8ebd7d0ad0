import argparse

from orders import add_commands


def main() -> None:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    args = parser.parse_args()
    args.func(args)


if __name__ == "__main__":
    main()
