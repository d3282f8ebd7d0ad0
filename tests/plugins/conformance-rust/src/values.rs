//! The second rule that every language has: it reports values that languages write differently.

use perfctl_plugin::prelude::*;

pub(crate) struct Values;

impl Rule for Values {
    const ID: &'static str = "CONF-002";

    fn check_repository(&self, repo: Repository, report: &mut Report) -> Option<Verdict> {
        report
            .finding(repo.open("app.py")?, "values")
            .arg("tiny", 1e-7)
            .arg("huge", 1e21)
            .arg("minus", -0.0)
            .arg("whole", 3.0)
            .arg("part", 0.1 + 0.2)
            .arg("right", true)
            .arg("wrong", false)
            .note("tinier", -1.25e-9)
            .note("huger", 1.2345e25)
            .note("small", 0.00001)
            .note("million", 1e6)
            .note("sixteen", 1e16)
            .note("none", f64::NAN)
            .note("endless", f64::INFINITY)
            .note("least", f64::NEG_INFINITY)
            .note("right", true);
        None
    }
}
