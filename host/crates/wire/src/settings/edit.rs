//! Waivers taken out of the file that people edit: what they wrote around them stays as it is, line ends included.

use toml_edit::{Document, Item, Value};

use super::layer::Waiver;
use super::origin::{Level, Sourced};
use super::read;
use crate::diagnose::{Fault, Faults};

/// The settings `text` of a repository (from `path`) without the waivers at the positions `gone`, with the comments directly above
/// them.
///
/// # Errors
/// The faults of `text`, and when what is left would not be exactly the other waivers: then the file is not to be written.
pub fn without_waivers(path: &str, text: &str, gone: &[usize]) -> Result<String, Faults> {
    let waivers = read(path, text, Level::Repository)?.waivers;
    let unreadable = |_| Fault::of_file(path, "the file could not be read for editing");
    let document = Document::parse(text).map_err(unreadable)?;
    let inline = document.get("waive").and_then(Item::as_array);
    let after = match inline.map(toml_edit::Array::span) {
        Some(Some(span)) => {
            let mut document = document.into_mut();
            let list = document.get_mut("waive").and_then(Item::as_array_mut);
            let list = list.map(|list| {
                let mut at = 0..;
                let blank = |value: &Value| {
                    let prefix = value.decor().prefix()?.as_str()?;
                    prefix.trim().is_empty().then(|| prefix.to_owned())
                };
                let opening = list.get(0).and_then(blank);
                list.retain(|_| at.next().is_none_or(|at| !gone.contains(&at)));
                // What is now the first stands where the first stood, unless there is something said above it.
                if let (Some(opening), Some(first)) = (opening, list.get_mut(0))
                    && blank(first).is_some()
                {
                    first.decor_mut().set_prefix(opening);
                }
                list.decor_mut().clear();
                list.to_string()
            });
            format!(
                "{}{}{}",
                &text[..span.start],
                list.unwrap_or_default(),
                &text[span.end..]
            )
        }
        Some(None) => text.to_owned(),
        None => {
            let tables = gone.iter().filter_map(|at| waivers.get(*at));
            let tables: Vec<(usize, usize)> = tables
                .map(|waiver| &waiver.value.place)
                .map(|place| (place.start.line as usize, place.end.line as usize))
                .collect();
            without_tables(text, &tables)
        }
    };
    let others = (0..waivers.len()).filter(|at| !gone.contains(at));
    let others = others.map(|at| meaning(&waivers[at]));
    match read(path, &after, Level::Repository) {
        Ok(layer) if layer.waivers.iter().map(meaning).eq(others) => Ok(after),
        _ => {
            let fault =
                Fault::of_file(path, "the waivers are written in a form that is not edited");
            Err(fault.with_hint("take them out by hand").into())
        }
    }
}

/// A waiver but for the place where it stands.
fn meaning(waiver: &Sourced<Waiver>) -> impl PartialEq + '_ {
    let Waiver {
        rule,
        path,
        reason,
        owner,
        until,
        place: _,
        excerpt: _,
    } = &waiver.value;
    (rule, path, reason, owner, until)
}

/// `text` without tables that stand on `tables` (first and last line, from 1), the comments directly above them, and the blank lines
/// that parted them from what stands before.
fn without_tables(text: &str, tables: &[(usize, usize)]) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut gone = vec![false; lines.len()];
    for (first, last) in tables {
        let mut first = first.saturating_sub(1);
        while first > 0 && lines[first - 1].trim_start().starts_with('#') {
            first -= 1;
        }
        // A comment at the head of the file speaks of the file.
        if first == 0 {
            while lines
                .get(first)
                .is_some_and(|line| line.trim_start().starts_with('#'))
            {
                first += 1;
            }
        }
        while first > 0 && lines[first - 1].trim().is_empty() {
            first -= 1;
        }
        for line in gone.iter_mut().take(*last).skip(first) {
            *line = true;
        }
    }
    let kept = lines.iter().zip(&gone).filter(|(_, gone)| !**gone);
    let text: String = kept.map(|(line, _)| *line).collect();
    // What stood behind a table at the top is now the top.
    match gone.first() {
        Some(true) => text.trim_start_matches(['\r', '\n']).to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_table_goes_with_what_is_said_above_it() {
        let text = "schema = \"perfctl.settings/1\"\n\n# Old.\n[[waive]]\nrule = \"A-1\"\npath = \"a\"\n\n[[waive]]\nrule = \"B-2\"\npath = \"b\"\n";
        assert_eq!(
            without_tables(text, &[(4, 6)]),
            "schema = \"perfctl.settings/1\"\n\n[[waive]]\nrule = \"B-2\"\npath = \"b\"\n"
        );
        assert_eq!(
            without_tables(text, &[(8, 10)]),
            "schema = \"perfctl.settings/1\"\n\n# Old.\n[[waive]]\nrule = \"A-1\"\npath = \"a\"\n"
        );
        assert_eq!(
            without_tables(text, &[(4, 6), (8, 10)]),
            "schema = \"perfctl.settings/1\"\n"
        );
        assert_eq!(
            without_tables("# About us.\n[[waive]]\nx = 1\n", &[(2, 3)]),
            "# About us.\n"
        );
    }

    const ONE: &str = "{ rule = \"A-1\", path = \"a\", reason = \"}] #\" }";
    const OTHER: &str = "{ rule = \"B-2\", path = \"b\", reason = \"r\" }";

    fn rules(text: &str) -> Vec<String> {
        let layer = read("a.toml", text, Level::Repository).expect("in order");
        let rules = layer.waivers.iter();
        rules.map(|waiver| waiver.value.rule.to_string()).collect()
    }

    #[test]
    fn an_inline_array_loses_one_entry_and_nothing_else() {
        let head = "# Ours.\r\nschema = \"perfctl.settings/1\"\r\n";
        let tail = " # known\r\nexclude = [\"old\"]\r\n";
        for (list, gone, left) in [
            (format!("[{ONE}, {OTHER}]"), vec![0], vec!["B-2"]),
            (format!("[{ONE}, {OTHER}]"), vec![1], vec!["A-1"]),
            (format!("[{ONE}, {ONE}, {OTHER}]"), vec![0, 2], vec!["A-1"]),
            (
                format!("[\r\n  # one\r\n  {ONE}, # a\r\n  {OTHER},\r\n]"),
                vec![0],
                vec!["B-2"],
            ),
            (format!("[{ONE}]"), vec![0], vec![]),
        ] {
            let text = format!("{head}waive = {list}{tail}");
            let after = without_waivers("a.toml", &text, &gone).expect("in order");
            assert_eq!(rules(&after), left, "{after}");
            assert!(after.starts_with(head) && after.ends_with(tail), "{after}");
        }
    }

    #[test]
    fn comments_about_the_file_stay_where_the_first_table_goes() {
        let table = "[[waive]]\nrule = \"A-1\"\npath = \"a\"\nreason = \"r\"\n";
        let head = "# Ours.\nschema = \"perfctl.settings/1\"\n\n# What is waived.\n";
        let text = format!("{head}\n# Old.\n{table}");
        let after = without_waivers("a.toml", &text, &[0]).expect("in order");
        assert_eq!(after, head);
    }

    #[test]
    fn what_is_not_there_takes_nothing_and_a_broken_file_is_refused() {
        let text = format!("schema = \"perfctl.settings/1\"\nwaive = [{ONE}]\n");
        assert!(without_waivers("a.toml", &text, &[1]).is_ok_and(|after| after == text));
        let broken = format!("{text}x = [\n");
        assert!(without_waivers("a.toml", &broken, &[0]).is_err());
    }

    proptest! {
        /// Whatever goes, exactly the others are left, in both forms.
        #[test]
        fn exactly_the_others_are_left(
            gone in prop::collection::vec(any::<bool>(), 0..6), is_inline: bool, comments: bool
        ) {
            let comment = if comments { "# about it\n" } else { "" };
            let entries = (0..gone.len()).map(|at| match is_inline {
                true => format!("{comment}{{ rule = \"R-{at}\", path = \"a\", reason = \"r\" }},{comment}"),
                false => format!("\n{comment}[[waive]]\nrule = \"R-{at}\"\npath = \"a\"\nreason = \"r\"\n"),
            });
            let entries: String = entries.collect();
            let list = if is_inline { format!("waive = [{entries}]\n") } else { entries };
            let text = format!("schema = \"perfctl.settings/1\"\n{list}");
            let at = |is_gone| (0..gone.len()).filter(|at| gone[*at] == is_gone).collect::<Vec<_>>();
            let after = without_waivers("a.toml", &text, &at(true)).expect("in order");
            let left: Vec<String> = at(false).iter().map(|at| format!("R-{at}")).collect();
            prop_assert_eq!(rules(&after), left);
        }
    }
}
