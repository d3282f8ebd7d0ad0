"""`python -m parcel_cli`: check tracking numbers, lint manifests, print labels."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from parcel_cli import frames, manifest, printer, tracking

logger = logging.getLogger("parcel_cli")


def _check(args: argparse.Namespace) -> int:
    bad = [number for number in args.numbers if not tracking.is_valid(number)]
    for number in bad:
        print(f"{number}: wrong check digit or form")
    return 1 if bad else 0


def _lint(args: argparse.Namespace) -> int:
    faults = list(manifest.lint(args.file))
    for fault in faults:
        print(f"{args.file}:{fault.line}: {fault.message}")
    logger.info("%d faults", len(faults))
    return 1 if faults else 0


def _label(args: argparse.Namespace) -> int:
    job = printer.job(args.number, args.postcode, copies=args.copies)
    sys.stdout.buffer.write(frames.wrap(job) if args.framed else job)
    return 0


def _frames(args: argparse.Namespace) -> int:
    for name in args.files:
        for position, frame in enumerate(frames.unwrap(Path(name).read_bytes())):
            state = "ok" if frame.is_whole else "broken"
            print(f"{name}#{position}: {len(frame.payload)} bytes, {state}")
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="parcel_cli", description=__doc__)
    top.add_argument("-v", "--verbose", action="store_true", help="say what is done")
    commands = top.add_subparsers(required=True)

    check = commands.add_parser("check", help="check tracking numbers")
    check.add_argument("numbers", nargs="+")
    check.set_defaults(run=_check)

    of_manifest = commands.add_parser("manifest", help="work on manifests").add_subparsers(required=True)
    lint = of_manifest.add_parser("lint", help="list the faults of a manifest")
    lint.add_argument("file", type=Path)
    lint.set_defaults(run=_lint)

    label = commands.add_parser("label", help="write a print job to standard output")
    label.add_argument("number")
    label.add_argument("postcode")
    label.add_argument("--copies", type=int, default=1)
    label.add_argument("--framed", action="store_true", help="for printers on a serial line")
    label.set_defaults(run=_label)

    dump = commands.add_parser("frames", help="list the frames of a dump")
    dump.add_argument("files", nargs="+")
    dump.set_defaults(run=_frames)
    return top


def main(argv: list[str] | None = None) -> int:
    args = parser().parse_args(argv)
    logging.basicConfig(level=logging.DEBUG if args.verbose else logging.WARNING)
    return args.run(args)


if __name__ == "__main__":
    raise SystemExit(main())
