"""The second rule that every language has: it reports values that languages write differently."""

from perfctl_plugin import Rule


class Values(Rule):
    id = "CONF-002"

    def check_repository(self, repo, report):
        report(
            repo.open("app.py"),
            "values",
            tiny=1e-7,
            huge=1e21,
            minus=-0.0,
            whole=3.0,
            part=0.1 + 0.2,
            right=True,
            wrong=False,
            notes={
                "tinier": -1.25e-9,
                "huger": 1.2345e25,
                "small": 0.00001,
                "million": 1e6,
                "sixteen": 1e16,
                "none": float("nan"),
                "endless": float("inf"),
                "least": float("-inf"),
                "right": True,
            },
        )
