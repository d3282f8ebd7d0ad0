//! The rule that the bench of plugins times: it reads every row through the SDK and reports every other match.

use perfctl_plugin::prelude::*;

perfctl_plugin::pack![Rows];

struct Rows;

impl Rule for Rows {
    const ID: &'static str = "BENCH-ROWS-1";

    fn check(&self, _: File, matches: Matches<'_>, report: &mut Report<'_>, _: Repository) {
        let mut bytes = 0_u32;
        for (at, one) in matches.of("call").enumerate() {
            let (start, end) = one.bytes().unwrap_or_default();
            bytes = bytes.wrapping_add(end - start);
            for name in ["A", "B", "C"] {
                let Some(capture) = one.capture(name) else {
                    continue;
                };
                let (start, end) = capture.bytes().unwrap_or_default();
                bytes = bytes.wrapping_add(end - start);
            }
            if at % 2 == 0 {
                report.finding(one, "seen");
            }
        }
        // What is read is read for something.
        std::hint::black_box(bytes);
    }
}
