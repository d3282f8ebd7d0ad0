//! Signatures written into the file that people edit too: what they wrote, comments, order and line ends included, stays as it is.

use toml_edit::{ArrayOfTables, Datetime, DocumentMut, Item, Table, value};

use super::{Attestation, SCHEMA, read};
use crate::day::Day;
use crate::diagnose::{Fault, Faults};

/// The file `text` (from `path`; empty for a new one) with `signature` in it. The first signature of the same item, under one of the
/// names `same`, is renewed where it stands, and others of it go.
///
/// # Errors
/// The faults of `text`: what cannot be read is not written to.
pub fn record(
    path: &str,
    text: &str,
    signature: &Attestation,
    same: &[&str],
) -> Result<String, Faults> {
    let mut document = editable(path, text)?;
    if document.get("schema").is_none() {
        document.insert("schema", value(SCHEMA));
    }
    let list = document
        .entry("attest")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(list) = list.as_array_of_tables_mut() else {
        return Err(not_tables(path));
    };
    let is_same = |table: &Table| {
        let item = table.get("item").and_then(Item::as_str);
        item.is_some_and(|item| item == signature.item.as_str() || same.contains(&item))
    };
    let mut renewed = false;
    list.retain(|table| !is_same(table) || !std::mem::replace(&mut renewed, true));
    let at = list.iter().position(is_same);
    match at.and_then(|at| list.get_mut(at)) {
        Some(table) => fill(table, signature),
        None => {
            let mut table = Table::new();
            fill(&mut table, signature);
            list.push(table);
        }
    }
    Ok(with_line_ends_of(text, &document.to_string()))
}

/// The file without the signatures of an item, under one of the names `same`; `None` when there are none.
///
/// # Errors
/// As [`record`].
pub fn remove(path: &str, text: &str, same: &[&str]) -> Result<Option<String>, Faults> {
    let mut document = editable(path, text)?;
    let Some(list) = document.get_mut("attest") else {
        return Ok(None);
    };
    let Some(list) = list.as_array_of_tables_mut() else {
        return Err(not_tables(path));
    };
    let before = list.len();
    list.retain(|table| {
        let item = table.get("item").and_then(Item::as_str);
        !item.is_some_and(|item| same.contains(&item))
    });
    Ok((list.len() < before).then(|| with_line_ends_of(text, &document.to_string())))
}

/// `changed`, which the TOML library made of `text` with `\n` alone, with the line ends of `text`: lines before and after the change
/// have their own, what lies between has that of the first line.
fn with_line_ends_of(text: &str, changed: &str) -> String {
    if !text.contains("\r\n") {
        return changed.to_owned();
    }
    let without = |line: &str| line.trim_end_matches(['\r', '\n']).to_owned();
    let old: Vec<&str> = text.split_inclusive('\n').collect();
    let new: Vec<&str> = changed.split_inclusive('\n').collect();
    let same = |(old, new): &(&&str, &&str)| without(old) == without(new);
    let before = old.iter().zip(&new).take_while(same).count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let after = (old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(same))
    .count();
    let usual = if old[0].ends_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let middle = new_rest[..new_rest.len() - after].iter();
    let middle = middle.map(|line| match line.ends_with('\n') {
        true => without(line) + usual,
        false => (*line).to_owned(),
    });
    let kept = |lines: &[&str]| lines.concat();
    // A last line without an end is followed by one now.
    let mut out = kept(&old[..before]);
    if !out.is_empty() && !out.ends_with('\n') && before < new.len() {
        out.push_str(usual);
    }
    out.extend(middle);
    out.push_str(&kept(&old_rest[old_rest.len() - after..]));
    out
}

/// Every key of a signature; the value of a key that is there changes, and what stands around it does not.
fn fill(table: &mut Table, signature: &Attestation) {
    let day = |day: Day| match day.to_string().parse::<Datetime>() {
        Ok(date) => value(date),
        // A year beyond four digits has no date in TOML.
        Err(_) => value(day.to_string()),
    };
    let texts = [
        ("item", Some(value(signature.item.as_str()))),
        ("who", Some(value(signature.who.as_str()))),
        ("date", Some(day(signature.date))),
        ("evidence", Some(value(signature.evidence.as_str()))),
        ("until", Some(day(signature.until))),
        ("reason", signature.reason.as_deref().map(value)),
    ];
    for (key, new) in texts {
        let Some(mut new) = new else {
            // What was attested then is not what is attested now.
            table.remove(key);
            continue;
        };
        match table.get_mut(key) {
            Some(there) => {
                if let (Some(old), Some(new)) = (there.as_value(), new.as_value_mut()) {
                    *new.decor_mut() = old.decor().clone();
                }
                *there = new;
            }
            None => {
                table.insert(key, new);
            }
        }
    }
}

fn not_tables(path: &str) -> Faults {
    let fault = Fault::of_file(
        path,
        "`attest` is written in a form that cannot be added to",
    );
    fault
        .with_hint("write its signatures as `[[attest]]` tables")
        .into()
}

fn editable(path: &str, text: &str) -> Result<DocumentMut, Faults> {
    // Read by our own reader first, for its messages; a new file has no schema yet.
    if !text.trim().is_empty() {
        read(path, text)?;
    }
    text.parse().map_err(|_| {
        Faults::from(Fault::of_file(
            path,
            "the file could not be read for editing",
        ))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::FULL;
    use super::*;

    fn signature(item: &str, until: &str, reason: Option<&str>) -> Attestation {
        Attestation {
            item: item.into(),
            who: "Ada <ada@shop.example>".to_owned(),
            date: Day::parse("2026-11-22").expect("a day"),
            evidence: "docs/\"load\".md".to_owned(),
            until: Day::parse(until).expect("a day"),
            reason: reason.map(str::to_owned),
            line: 0,
        }
    }

    fn same(read: &Attestation, written: &Attestation) -> bool {
        let without_line = |one: &Attestation| Attestation {
            line: 0,
            ..one.clone()
        };
        without_line(read) == without_line(written)
    }

    #[test]
    fn a_new_file_has_its_schema_and_the_signature() {
        let new = signature("PERF-004", "2027-02-20", None);
        let text = record("a.toml", "", &new, &[]).expect("a new file");
        assert!(
            text.starts_with("schema = \"perfctl.attestations/1\"\n"),
            "{text}"
        );
        assert!(text.contains("until = 2027-02-20\n"), "{text}");
        let all = read("a.toml", &text).expect("in order");
        assert!(all.len() == 1 && same(&all[0], &new));
    }

    #[test]
    fn a_renewed_signature_stays_where_it_stands_with_every_comment() {
        let text = format!(
            "# ours\n{FULL}# why\n\n[[attest]] # old\nitem = 'PERF-004' # image\nwho = \"x\"\ndate = 2026-01-01\nevidence = \"e\"\n\
             until = 2026-02-01 # soon\nreason = \"r\"\n\n# last\n[[attest]]\nitem = \"OLD-004\"\nwho = \"x\"\ndate = 2026-01-01\n\
             evidence = \"e\"\nuntil = 2026-02-01\n"
        );
        let new = signature("PERF-004", "2027-02-20", None);
        let written = record("a.toml", &text, &new, &["OLD-004"]).expect("in order");
        for kept in [
            "# ours\n",
            "# why\n",
            "[[attest]] # old\n",
            "# image\n",
            "2027-02-20 # soon\n",
        ] {
            assert!(written.contains(kept), "{kept}: {written}");
        }
        assert!(written.starts_with(&format!("# ours\n{FULL}")), "{written}");
        assert!(!written.contains("OLD-004") && !written.contains("reason = \"r\""));
        let all = read("a.toml", &written).expect("in order");
        assert!(all.len() == 2 && same(&all[1], &new), "{written}");
    }

    #[test]
    fn a_removed_signature_takes_nothing_else_along() {
        let new = signature("PERF-004", "2027-02-20", Some("measured"));
        let written = record("a.toml", FULL, &new, &[]).expect("in order");
        let removed = |text: &str, item| remove("a.toml", text, &[item]).expect("in order");
        assert_eq!(removed(&written, "PERF-004").as_deref(), Some(FULL));
        assert_eq!(removed(&written, "PERF-001"), None);
        assert_eq!(
            removed("schema = \"perfctl.attestations/1\"\n", "PERF-001"),
            None
        );
    }

    #[test]
    fn a_file_with_faults_is_not_written_to() {
        let new = signature("PERF-004", "2027-02-20", None);
        for broken in [
            "[[attest]]\nitem = 3\n",
            "schema = \"perfctl.attestations/1\"\nattest = []\nx = 1\n",
        ] {
            assert!(record("a.toml", broken, &new, &[]).is_err(), "{broken}");
        }
        let inline = "schema = \"perfctl.attestations/1\"\nattest = []\n";
        let faults = record("a.toml", inline, &new, &[]).expect_err("a list of another form");
        assert!(faults.to_string().contains("[[attest]]"), "{faults}");
    }

    #[test]
    fn each_line_keeps_its_end_and_new_ones_have_that_of_the_first() {
        let new = signature("PERF-004", "2027-02-20", None);
        let windows = format!("# ours\n{FULL}").replace('\n', "\r\n");
        let written = record("a.toml", &windows, &new, &[]).expect("in order");
        assert!(written.starts_with(&windows), "{written:?}");
        assert_eq!(written.replace("\r\n", "").find('\n'), None, "{written:?}");
        let removed = remove("a.toml", &written, &["PERF-004"]).expect("in order");
        assert_eq!(removed, Some(windows.clone()));
        let mixed = format!("{windows}# mixed\n");
        let written = record("a.toml", &mixed, &new, &[]).expect("in order");
        let removed = remove("a.toml", &written, &["PERF-004"]).expect("in order");
        assert!(written.starts_with(&windows), "{written:?}");
        assert!(written.contains("# mixed\n"), "{written:?}");
        assert!(removed.is_some_and(|text| text.starts_with(&windows)));
        let cut = windows.trim_end();
        let written = record("a.toml", cut, &new, &[]).expect("in order");
        assert_eq!(written.replace("\r\n", "").find('\n'), None, "{written:?}");
    }

    proptest! {
        /// Signing items in any order, some of them again, leaves the last signature of each, in the order of the first.
        #[test]
        fn the_last_signature_of_each_item_is_there(
            items in prop::collection::vec((0..4usize, 1..28u32, any::<Option<String>>()), 1..8),
            is_windows in any::<bool>()
        ) {
            let ends = if is_windows { "\r\n" } else { "\n" };
            let (mut text, mut expected) = (format!("schema = \"{SCHEMA}\"{ends}"), Vec::<Attestation>::new());
            for (item, day, reason) in items {
                let reason = reason.filter(|reason| !reason.trim().is_empty());
                let new = signature(&format!("ITEM-{item}"), &format!("2027-01-{day:02}"), reason.as_deref());
                text = record("a.toml", &text, &new, &[]).expect("in order");
                match expected.iter_mut().find(|one| one.item == new.item) {
                    Some(one) => *one = new,
                    None => expected.push(new),
                }
            }
            let all = read("a.toml", &text).expect("in order");
            prop_assert_eq!(all.len(), expected.len());
            let lines = text.split_inclusive('\n').filter(|line| line.ends_with("\r\n") != is_windows);
            prop_assert_eq!(lines.collect::<String>(), "");
            for (read, written) in all.iter().zip(&expected) {
                prop_assert!(same(read, written), "{}", text);
            }
        }
    }
}
