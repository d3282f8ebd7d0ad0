import random

from parcel_cli import frames, tracking
from parcel_cli.__main__ import main
from parcel_cli.printer import job


def test_numbers_that_are_made_are_valid():
    for serial in random.Random(7).sample(range(10**9), 200):
        assert tracking.is_valid(tracking.number("PX", serial))


def test_every_wrong_digit_is_found():
    good = tracking.number("PX", 123_456_789)
    for at in range(2, 12):
        for digit in "0123456789":
            if digit != good[at]:
                assert not tracking.is_valid(good[:at] + digit + good[at + 1:])


def test_frames_survive_noise_and_show_damage():
    payload = job(tracking.number("PX", 1), "ab1 2cd")
    dump = b"noise" + frames.wrap(payload) + b"\x00" + frames.wrap(payload)[:-1] + b"\xff"
    assert [frame.is_whole for frame in frames.unwrap(dump)] == [True, False]


def test_a_manifest_is_linted(tmp_path, capsys):
    path = tmp_path / "m.csv"
    good = tracking.number("PX", 1)
    path.write_text(f"tracking_number,depot,carrier,from,to,grams\n{good},NTH,NORTH,AB1 2CD,AB2 3DE,900\n{good},NTH,NORTH,X,AB2 3DE,0\n")
    assert main(["manifest", "lint", str(path)]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 3
