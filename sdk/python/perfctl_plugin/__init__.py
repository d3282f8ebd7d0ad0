"""Rules for perfctl in Python.

>>> from perfctl_plugin import Rule, pack
>>> class HttpTimeout(Rule):
...     id = "ACME-HTTP-001"
...
...     def check(self, file, matches, report, repo):
...         for match in matches.of("request"):
...             _, presence = match.node.arg("timeout")
...             if presence == "absent":
...                 report(match, "no-timeout", library=match.node.target()[0])
>>> Rules = pack(HttpTimeout)
"""

from .matches import Match, Matches
from .model import *  # noqa: F403  the classes and words of the API, all of them
from .report import Edit, Fix, Place, Report, after, before, replace
from .rule import NeedsEvidence, NotApplicable, Rule, Verdict, pack

__all__ = [  # noqa: F405
    "DeployTarget", "Doc", "Dockerfile", "DockerStage", "Feed", "File", "Func", "Hop", "Image", "Instruction", "LoadHop", "Loop", "Node",
    "Repository", "ShellCommand", "Span", "SqlComparison", "SqlStar", "SqlStatement", "SqlTable", "Stop", "Use",
    "Confidence", "Effect", "LoopKind", "NodeFlag", "NodeKind", "NodeRole", "PathClass", "Presence", "Reach", "Safety", "Severity", "Side",
    "Edit", "Fix", "Match", "Matches", "NeedsEvidence", "NotApplicable", "Place", "Report", "Rule", "Verdict",
    "after", "before", "pack", "replace",
]  # fmt: skip
