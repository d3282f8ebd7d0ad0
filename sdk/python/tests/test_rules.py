import sys
import unittest
from types import SimpleNamespace

from fake_host import FILE, NODE, SPAN, Argument_Name, Err, Literal_Null, Literal_Number, Literal_Unknown, host

import perfctl_plugin
from perfctl_plugin import Fix, NeedsEvidence, NotApplicable, Rule, after, closed, failure, output, pack, replace

# Streams and finders of the tests themselves stay as they are.
output.replace_streams = lambda: None
closed.begin = lambda: None

ROWS = [
    *(0, 0, 4, 9, NODE | 1),
    *(0, 1, 4, 5, NODE | 2),
    *(0, 2, 6, 7, SPAN | 3),
    *(0, 2, 8, 9, NODE | 4),
    *(1, 0, 0, 0, FILE | 5),
    *(0, 0, 20, 22, SPAN | 6),
]

host.give(
    "declared",
    rules=lambda: ["OTHER", "R"],
    matchers=lambda rule: [SimpleNamespace(name="call", captures=["X", "REST"]), SimpleNamespace(name="file", captures=[])],
    messages=lambda rule: [SimpleNamespace(id="plain", parameters=[]), SimpleNamespace(id="full", parameters=["b", "a"])],
)


def a_rule(id, **methods):
    return type(id, (Rule,), {"id": id, **methods})


def nothing(self, *given):
    pass


#: The manifest of the tests has two rules.
OTHER = a_rule("OTHER", check=nothing)


def run(check, rows=ROWS):
    rule = a_rule("R", check=lambda self, *given: check(*given))
    return pack(OTHER, rule)().check(1, FILE | 9, rows)


class Matching(unittest.TestCase):
    def test_rows_are_matches_with_their_captures(self):
        seen = []
        run(lambda file, matches, report, repo: seen.extend(matches))
        first, second, third = seen
        self.assertEqual((first.matcher, first.bytes, first.node._handle), ("call", (4, 9), NODE | 1))
        self.assertEqual(first.capture("X")._handle, NODE | 2)
        self.assertEqual([type(one).__name__ for one in first.captures("REST")], ["Span", "Node"])
        self.assertEqual((second.matcher, second.node, second.span, second.bytes), ("file", None, None, None))
        self.assertEqual((third.node, third.span._handle, third.capture("X")), (None, SPAN | 6, None))

    def test_matches_of_a_matcher(self):
        def check(file, matches, report, repo):
            self.assertEqual((len(matches), len(matches.of("call")), len(matches.of("file"))), (3, 2, 1))
            self.assertEqual(matches[-1].bytes, (20, 22))
            with self.assertRaisesRegex(ValueError, "no matcher `cal`: there is `call`, `file`"):
                matches.of("cal")
            with self.assertRaisesRegex(ValueError, "captures no `Y`: there is `X`, `REST`"):
                matches[0].capture("Y")

        run(check)

    def test_no_rows_are_no_matches(self):
        run(lambda file, matches, report, repo: self.assertEqual(list(matches), []), [])


class Reporting(unittest.TestCase):
    def test_findings_are_rows(self):
        def check(file, matches, report, repo):
            report(matches[0], "plain")
            report(
                matches[2].span,
                "full",
                a=1.0,
                b="x",
                severity="critical",
                confidence="low",
                reach="test",
                related=[(file, "here")],
                notes={"n": 1.5, "t": True},
                fix=Fix("Do it", [replace(file, "r"), after(matches[0].node, "a")], "safe"),
            )

        found = run(check)
        self.assertEqual(found.rows, [NODE | 1, 0, 0, 0, 0, 0, SPAN | 6, 1, 4, 1, 7, 2])
        self.assertEqual(found.texts, ["x", "1"])
        self.assertEqual([(one.finding, one.at, one.message) for one in found.related], [(1, FILE | 9, "here")])
        self.assertEqual([(one.key, one.value) for one in found.notes], [("n", "1.5"), ("t", "true")])
        (fix,) = found.fixes
        self.assertEqual((fix.finding, fix.safety), (1, 2))
        self.assertEqual([(one.at, one.how, one.text) for one in fix.edits], [(FILE | 9, 0, "r"), (NODE | 1, 2, "a")])

    def test_messages_are_checked(self):
        for message, args, says in [
            ("nothing", {}, "no message `nothing`: there is `plain`, `full`"),
            ("full", {"a": 1}, "the message `full` needs `b`"),
            ("plain", {"a": 1, "c": 2}, "the message `plain` has no `a`, `c`"),
        ]:
            with self.assertRaisesRegex(ValueError, says):
                run(lambda file, matches, report, repo: report(file, message, **args))

    def test_a_finding_that_is_refused_leaves_no_row(self):
        def check(file, matches, report, repo):
            with self.assertRaises(ValueError):
                report(file, "plain", severity="huge")
            with self.assertRaises(TypeError):
                report("file", "plain")

        self.assertEqual(run(check).rows, [])

    def test_a_finding_that_is_refused_leaves_nothing_for_the_next_one(self):
        def check(file, matches, report, repo):
            related = [(file, "of the refused one")]
            for wrong in [
                {"related": related, "notes": {"a": object()}},
                {"related": related, "notes": {"a": 1}, "fix": Fix(1, [])},
                {"fix": Fix("t", [replace(file, "")]), "related": [("file", "")]},
                {"related": related, "fix": Fix("t", [replace(file, None)])},
            ]:
                with self.assertRaises(TypeError):
                    report(file, "plain", **wrong)
            report(file, "plain")

        found = run(check)
        self.assertEqual((len(found.rows), found.texts, found.related, found.notes, found.fixes), (6, [], [], [], []))

    def test_numbers_are_shown_as_in_every_language(self):
        for given, text in [
            (0, "0"), (0.0, "0"), (-0.0, "-0"), (3.0, "3"), (1.5, "1.5"), (-0.25, "-0.25"), (1 << 70, "1180591620717411303424"),
            (1e-7, "0.0000001"), (1.25e-9, "0.00000000125"), (-1e-7, "-0.0000001"), (0.00001, "0.00001"),
            (1e21, "1000000000000000000000"), (1.2345e25, "12345000000000000000000000"), (1e16, "10000000000000000"),
            (float("nan"), "NaN"), (float("inf"), "inf"), (float("-inf"), "-inf"), (True, "true"), (False, "false"),
        ]:  # fmt: skip
            found = run(lambda file, matches, report, repo, given=given: report(file, "full", a=given, b="", notes={"n": given}))
            self.assertEqual((found.texts[1], found.notes[0].value), (text, text))

    def test_half_of_a_character_in_what_is_shown_is_replaced(self):
        cut = "a\ud83d"
        found = run(
            lambda file, matches, report, repo: report(file, "full", a=cut, b="", notes={cut: cut}, related=[(file, cut)], fix=Fix(cut))
        )
        (note,), (related,), (fix,) = found.notes, found.related, found.fixes
        self.assertEqual([found.texts[1], note.key, note.value, related.message, fix.title], ["a\ufffd"] * 5)
        with self.assertRaises(UnicodeEncodeError):
            run(lambda file, matches, report, repo: report(file, "plain", fix=Fix("t", [replace(file, cut)])))

    def test_names_of_options_are_given_apart(self):
        self.addCleanup(host.give, "declared", messages=host.imports["declared"].messages)
        host.give("declared", messages=lambda rule: [SimpleNamespace(id="m", parameters=["fix"])])
        found = run(lambda file, matches, report, repo: report(file, "m", args={"fix": "x"}))
        self.assertEqual(found.texts, ["x"])


class Verdicts(unittest.TestCase):
    def said(self, verdict):
        rule = a_rule("R", check_repository=lambda self, repo, report: verdict)
        return pack(OTHER, rule)().check_repository(1)[1]

    def test_verdicts(self):
        self.assertIsNone(self.said(None))
        self.assertEqual(self.said(NotApplicable("a")).not_applicable, "a")
        self.assertEqual(self.said(NeedsEvidence("b")).needs_evidence, "b")
        self.assertEqual(self.said(NeedsEvidence("\ud800")).needs_evidence, "\ufffd")
        for wrong in ("c", NotApplicable(None), (one for one in ())):
            with self.assertRaises(TypeError):
                self.said(wrong)


class Failing(unittest.TestCase):
    def test_a_failure_names_the_authors_line(self):
        host.give("node", is_=self.refused)
        with self.assertRaisesRegex(ValueError, "fits nothing"):
            run(lambda file, matches, report, repo: matches[0].node.is_("a.**.b"))
        told = host.failures[-1]
        self.assertEqual((told.kind, told.message), ("ValueError", "fits nothing"))
        self.assertRegex(told.place, r"test_rules\.py:\d+$")
        self.assertNotIn("perfctl_plugin", told.trace)
        self.assertTrue(told.trace.endswith("ValueError: fits nothing"))

    def test_a_cause_is_told_too(self):
        def check(*given):
            try:
                {}["k"]
            except KeyError as missing:
                raise RuntimeError("\ud800") from missing

        with self.assertRaises(RuntimeError):
            run(check)
        self.assertIn("KeyError: 'k'\nraised from it:", host.failures[-1].trace)
        self.assertEqual(host.failures[-1].message, "\ufffd")

    def test_paths_are_shown_as_the_author_knows_them(self):
        self.assertEqual(failure._shown("/0/acme/rule.py"), "acme/rule.py")
        self.assertEqual(failure._shown("/home/rule.py"), "/home/rule.py")

    def test_a_rule_that_the_manifest_names_must_be_there(self):
        with self.assertRaisesRegex(ValueError, "names the rule `OTHER`, but the component has `R`"):
            pack(a_rule("R", check=nothing))().check(0, FILE, [])

    def test_a_rule_that_has_no_manifest_is_told(self):
        lost = a_rule("LOST", check=nothing)
        says = "has the rule `LOST`, but the pack no folder `LOST` with its rule.toml: there is `OTHER`, `R`"
        with self.assertRaisesRegex(ValueError, says):
            pack(OTHER, a_rule("R", check=nothing), lost)().check(1, FILE, [])

    def test_what_perfctl_asks_for_has_to_be_there(self):
        of_repository = pack(OTHER, a_rule("R", check_repository=nothing))()
        with self.assertRaisesRegex(TypeError, "`R` has matchers of files, but R has no `check`"):
            of_repository.check(1, FILE, [])
        of_files = pack(OTHER, a_rule("R", check=nothing))()
        with self.assertRaisesRegex(TypeError, "a matcher of kind `repository`, but R has no `check_repository`"):
            of_files.check_repository(1)

    def test_check_returns_nothing(self):
        async def later():
            pass

        coroutine = later()
        self.addCleanup(coroutine.close)
        for returned, says in [
            (coroutine, "returned <coroutine .* of which nothing comes: its body runs when"),
            ((one for one in ()), "returned <generator .* its body runs when"),
            (False, "`check` of the rule `R` returned False, of which nothing comes$"),
            ("a" * 1000, r"returned '[a]{100,200}\.\.\., of"),
        ]:
            with self.assertRaisesRegex(TypeError, says):
                run(lambda *given, returned=returned: returned)

    def test_a_pack_is_checked_when_it_is_built(self):
        for registered, error in [((), ValueError), ((Rule,), TypeError), ((3,), TypeError)]:
            with self.assertRaises(error):
                pack(*registered)
        with self.assertRaisesRegex(TypeError, "R judges nothing: it has neither `check` nor `check_repository`"):
            pack(a_rule("R", chek=nothing))
        one = a_rule("R", check=nothing)
        with self.assertRaisesRegex(ValueError, "two rules have the id `R`"):
            pack(one, one)

    @staticmethod
    def refused(*_):
        raise Err("fits nothing")


class Printing(unittest.TestCase):
    def test_lines_go_to_the_host(self):
        stream = output.Output(sys.stdout)
        stream.begin()
        host.printed.clear()
        print("a\nb", end="", file=stream)
        print("c", file=stream)
        print("d", end="", file=stream)
        stream.end_line()
        self.assertEqual(host.printed, ["a", "bc", "d"])


class Values(unittest.TestCase):
    def test_literals_are_values(self):
        node = perfctl_plugin.Node(NODE)
        for given, value in [(Literal_Unknown(), (None, False)), (Literal_Null(), (None, True)), (Literal_Number(3.0), (3, True))]:
            host.give("node", literal=lambda _, given=given: given)
            self.assertEqual(node.literal(), value)

    def test_arguments_have_names_or_positions(self):
        host.give("node", arg=lambda handle, key: (handle | 1, key))
        node, key = perfctl_plugin.Node(NODE).arg("timeout")
        self.assertEqual((node._handle, key), (NODE | 1, Argument_Name("timeout")))

    def test_one_text_stands_for_a_list(self):
        host.give("file", imports=lambda handle, patterns: patterns)
        file = perfctl_plugin.File(FILE)
        self.assertEqual((file.imports("a"), file.imports(("a", "b"))), (["a"], ["a", "b"]))
        with self.assertRaises(TypeError):
            file.imports([1])

    def test_nodes_are_compared_by_the_host(self):
        host.give("node", same=lambda one, other: one & 7 == other & 7, id=lambda handle: handle & 7)
        one, again, other = (perfctl_plugin.Node(NODE | number) for number in (1, 9, 2))
        self.assertEqual({one, other}, {again, other})
        self.assertNotEqual(one, other)


if __name__ == "__main__":
    unittest.main()
