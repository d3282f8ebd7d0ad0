//! What a run says that lies on no line of the code: broken budgets that no finding explains, items that could not be judged,
//! steps that failed, and problems. A list of findings alone would call such a run clean. Must not know any format.

use std::path::Path;

use perfctl_core::run::RunRecord;
use perfctl_core::scale::Severity;
use perfctl_core::verdict::Verdict;

use crate::source_link::repository_path;
use crate::{neutral, select};

/// What kind of remark it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A broken budget, as severe as its item.
    Budget(Severity),
    /// An item or a step without a result.
    Error,
}

/// Something that was found wrong, but not on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remark {
    /// What kind of remark it is.
    pub kind: Kind,
    /// The item, metric or step.
    pub subject: String,
    /// What is wrong, as one sentence on one line.
    pub message: String,
}

/// What a record says beside findings and problems, in the order of the record.
pub(crate) fn remarks(record: &RunRecord) -> Vec<Remark> {
    let mut remarks: Vec<Remark> = select::exceeded(record)
        .iter()
        .map(|thing| Remark {
            kind: Kind::Budget(thing.inputs.severity),
            subject: neutral::line(thing.id).into_owned(),
            message: neutral::sentence(&thing.over(record)),
        })
        .collect();
    // What broke is often told as a problem of its own.
    let told = |id: &str| record.problems.iter().any(|problem| problem.subject == id);
    for item in &record.items {
        if let Verdict::Error(why) = &item.verdict
            && !told(item.id.as_str())
        {
            remarks.push(Remark {
                kind: Kind::Error,
                subject: neutral::line(item.id.as_str()).into_owned(),
                message: neutral::sentence(&format!("could not be judged: {why}")),
            });
        }
    }
    for step in &record.steps {
        if step.status.is_failure() {
            let why = match step.status.reason() {
                "" => step.status.word().to_owned(),
                why => format!("failed: {why}"),
            };
            remarks.push(Remark {
                kind: Kind::Error,
                subject: format!("step {}", neutral::line(step.id.as_str())),
                message: neutral::sentence(&why),
            });
        }
    }
    remarks
}

/// Where a problem is: a path from the repository's root, never one of this machine, and the line where its subject names one,
/// as `.perfctl.toml:2` does.
pub(crate) fn place(record: &RunRecord, subject: &str) -> (String, Option<u32>) {
    let (path, line) = match subject.rsplit_once(':') {
        Some((path, line)) if !path.is_empty() => match line.parse() {
            Ok(line) => (path, Some(line)),
            Err(_) => (subject, None),
        },
        _ => (subject, None),
    };
    if !Path::new(path).is_absolute() {
        return (repository_path(&record.source, path), line);
    }
    // Settings are named by where they lie: in the repository, in a clone that is gone, or with the user.
    let origin = Path::new(&record.source.origin);
    let root = match &record.source.subdirectory {
        Some(below) => Path::new(path)
            .ancestors()
            .find(|above| above.join(below) == origin),
        None => Some(origin),
    };
    let inside = root.and_then(|root| Path::new(path).strip_prefix(root).ok());
    let name = Path::new(path).file_name().map(Path::new);
    let shown = inside.or(name).unwrap_or(Path::new(path));
    (shown.to_string_lossy().replace('\\', "/"), line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn what_lies_on_no_line_is_told_once() {
        let mut record = fixture::slow();
        let all = remarks(&record);
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].subject, "START-901");
        assert!(all[0].message.contains("allowed is at most 2.00 s"));
        record.budgets.clear();
        assert_eq!(remarks(&record), []);
        record.items[0].verdict = Verdict::Error("line 4: no\nnumber".to_owned());
        let broke = &remarks(&record)[0];
        assert_eq!(
            (broke.kind, broke.message.as_str()),
            (Kind::Error, "could not be judged: line 4: no number")
        );
        record.problems = vec![perfctl_core::run::Problem {
            subject: record.items[0].id.to_string(),
            message: "line 4: no number".to_owned(),
        }];
        assert_eq!(remarks(&record), []);
        record.steps = fixture::rich().steps;
        let failed = record.steps.iter().filter(|step| step.status.is_failure());
        assert_eq!(remarks(&record).len(), failed.count());
        assert!(remarks(&record)[0].subject.starts_with("step "));
    }

    #[test]
    fn a_problem_in_the_settings_lies_on_its_line_and_never_on_this_machine() {
        let mut record = fixture::clean();
        record.source.origin = "/srv/shop".to_owned();
        record.source.subdirectory = None;
        let of = |record: &RunRecord, subject: &str| {
            let (path, line) = place(record, subject);
            (path, line.unwrap_or(0))
        };
        for (subject, path, line) in [
            ("/srv/shop/.perfctl.toml:2", ".perfctl.toml", 2),
            ("/home/me/config.toml:7", "config.toml", 7),
            ("shop/a.py", "shop/a.py", 0),
            ("shop/a:b.py", "shop/a:b.py", 0),
            (":3", ":3", 0),
        ] {
            assert_eq!(of(&record, subject), (path.to_owned(), line));
        }
        record.source.origin = "/srv/shop/services/mail".to_owned();
        record.source.subdirectory = Some("services/mail".to_owned());
        for (subject, path) in [
            ("/srv/shop/.perfctl.toml:2", ".perfctl.toml"),
            (
                "/srv/shop/services/mail/.perfctl.toml:2",
                "services/mail/.perfctl.toml",
            ),
        ] {
            assert_eq!(of(&record, subject), (path.to_owned(), 2));
        }
        record.source.origin = "https://git.example/shop.git".to_owned();
        record.source.subdirectory = None;
        assert_eq!(
            of(&record, "/tmp/x/checkout/.perfctl.toml:2").0,
            ".perfctl.toml"
        );
    }
}
