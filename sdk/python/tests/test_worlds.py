import unittest
from types import SimpleNamespace

from fake_host import Err, host

from perfctl_plugin import closed, output
from perfctl_plugin.collector import Collected, Metric, Unreadable, collectors
from perfctl_plugin.reporter import Unrenderable, formats

output.replace_streams = lambda: None
closed.begin = lambda: None

OUTPUT = SimpleNamespace(stdout=b"12", stderr=b"", exit_code=0, timed_out=False)
VIEW = SimpleNamespace(colour=False, width=80, suspicions=False, silenced=False)


class Collecting(unittest.TestCase):
    def collect(self, function):
        return collectors({"c": function})().collect("c", OUTPUT, [("scale", "2")])

    def test_metrics(self):
        def read(output, options):
            return Collected([Metric("m", "ms", [int(output.stdout) * int(options["scale"])], {"k": "v"})])

        (metric,) = self.collect(read).metrics
        self.assertEqual((metric.name, metric.unit, metric.samples, metric.labels), ("m", "ms", [24.0], [("k", "v")]))

    def test_files_are_text_or_bytes(self):
        collected = self.collect(lambda output, options: Collected(artifacts={"a.txt": "ü", "b.bin": b"\x00"}))
        self.assertEqual([(one.name, one.content) for one in collected.artifacts], [("a.txt", "ü".encode()), ("b.bin", b"\x00")])
        with self.assertRaises(TypeError):
            self.collect(lambda output, options: Collected(artifacts={"a.txt": 3}))

    def test_a_name_that_the_component_lacks_is_told(self):
        with self.assertRaises(ValueError) as raised:
            collectors({"c": lambda output, options: Collected()})().collect("d", OUTPUT, [])
        self.assertIn("`d`, but the component has `c`", str(raised.exception))

    def test_an_unreadable_output_is_an_answer(self):
        def read(output, options):
            raise Unreadable("no numbers\ud800")

        host.failures.clear()
        with self.assertRaises(Err) as raised:
            self.collect(read)
        self.assertEqual((raised.exception.value, host.failures), ("no numbers\ufffd", []))

    def test_other_exceptions_are_failures(self):
        with self.assertRaises(ZeroDivisionError):
            self.collect(lambda output, options: 1 / 0)
        self.assertEqual(host.failures[-1].kind, "ZeroDivisionError")


class Rendering(unittest.TestCase):
    def test_a_document_is_bytes(self):
        rendering = formats({"f": lambda record, view: f"{record['ü']} {view.width}"})()
        self.assertEqual(rendering.render("f", '{"ü": "é"}'.encode(), VIEW), "é 80".encode())

    def test_what_cannot_be_shown_is_an_answer(self):
        def show(record, view):
            raise Unrenderable("too old\udc00")

        with self.assertRaises(Err) as raised:
            formats({"f": show})().render("f", b"{}", VIEW)
        self.assertEqual(raised.exception.value, "too old\ufffd")


if __name__ == "__main__":
    unittest.main()
