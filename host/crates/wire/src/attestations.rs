//! `.perfctl/attestations.toml` (`schema = "perfctl.attestations/1"`): what no program can see, a person signs for.
//!
//! A signature names the item, who signs, the day, where the evidence is, and the last day on which it holds: nobody can
//! answer for a service for ever. Whether it is over, and what it does to a verdict, is judged elsewhere.

mod edit;

use perfctl_core::ids::RuleId;

use crate::day::Day;
use crate::diagnose::Faults;
use crate::names;
use crate::table::{Document, Refusal, Table};

pub use self::edit::{record, remove};

/// The schema that this version reads and writes.
pub const SCHEMA: &str = "perfctl.attestations/1";

/// One `[[attest]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestation {
    /// The checklist item, by id or alias.
    pub item: RuleId,
    /// Who answers for it.
    pub who: String,
    /// The day of the signature.
    pub date: Day,
    /// A link to what was looked at, or where it can be seen.
    pub evidence: String,
    /// Last day on which it holds.
    pub until: Day,
    /// What is attested, in a few words; may be left out.
    pub reason: Option<String>,
    /// The line on which it begins.
    pub line: u32,
}

/// Reads the signatures in `text`, which came from `path`.
///
/// # Errors
/// Every fault of the file.
pub fn read(path: &str, text: &str) -> Result<Vec<Attestation>, Faults> {
    Document::parse(path, text)?.read(|table| {
        table.schema(SCHEMA);
        Some(table.tables("attest", attestation))
    })
}

fn attestation(table: &Table<'_>) -> Option<Attestation> {
    let item = table
        .need("item", "\"PERF-004\"")
        .and_then(|value| value.parsed(names::rule_id));
    if let Some(item) = &item {
        table.call(format!("the attestation of {item}"));
    }
    let who = table.filled("who", "\"team-shop\"");
    let date = table
        .need("date", "2026-11-21")
        .and_then(|value| value.day());
    let evidence = table.filled("evidence", "\"https://...\"");
    let until = table.need("until", "2027-01-31");
    let until = until.and_then(|value| {
        let until = value.day()?;
        if date.is_some_and(|date| until < date) {
            value.refuse(
                Refusal::new("`until` lies before `date`")
                    .hint("`until` is the last day on which the signature holds"),
            );
        }
        Some(until)
    });
    let reason = table.value("reason").map(|value| value.filled());
    Some(Attestation {
        item: item?,
        who: who?.to_owned(),
        date: date?,
        evidence: evidence?.to_owned(),
        until: until?,
        reason: reason.flatten().map(str::to_owned),
        line: table.line(),
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A file with every key.
    pub(crate) const FULL: &str = "schema = \"perfctl.attestations/1\"\n\n[[attest]]\nitem = \"LOAD-001\"\nwho = \"team-shop\"\ndate = 2026-10-02\n\
         evidence = \"https://wiki.example/load\"\nuntil = 2027-01-31\nreason = \"load tested\"\n";

    #[test]
    fn a_signature_is_read_with_its_line() {
        let read = read("a.toml", FULL).expect("in order");
        assert_eq!(read.len(), 1);
        assert_eq!((read[0].item.as_str(), read[0].line), ("LOAD-001", 3));
        assert_eq!(read[0].until.to_string(), "2027-01-31");
        assert_eq!(read[0].reason.as_deref(), Some("load tested"));
    }

    #[test]
    fn a_signature_without_evidence_or_end_is_none() {
        for (was, becomes, said) in [
            (
                "evidence = \"https://wiki.example/load\"\n",
                "",
                "missing key `evidence` in the attestation of LOAD-001",
            ),
            ("until = 2027-01-31\n", "", "missing key `until`"),
            (
                "until = 2027-01-31",
                "until = 2026-01-31",
                "`until` lies before `date`",
            ),
            ("who = \"team-shop\"", "who = \" \"", "who"),
            ("LOAD-001", "load-001", "did you mean `LOAD-001`?"),
            ("evidence =", "evidnce =", "did you mean `evidence`?"),
        ] {
            let faults = read("a.toml", &FULL.replace(was, becomes)).expect_err(becomes);
            assert!(faults.to_string().contains(said), "{faults}");
        }
    }
}
