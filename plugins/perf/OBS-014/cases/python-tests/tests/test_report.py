import memray


def test_report():
    with memray.Tracker("report.bin"):
        pass
