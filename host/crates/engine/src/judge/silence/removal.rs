//! Comments that nobody needs, taken out.

use perfctl_core::fix::{Edit, Fix, Safety, spliced};
use perfctl_core::ids::RuleId;
use perfctl_core::place::ByteSpan;
use perfctl_core::suppress::Allow;

/// The change that leaves nothing of what `allow` says of the rule that it calls `named`.
pub(super) fn of(allow: &Allow, named: &RuleId) -> Option<Fix> {
    let at = allow.rules.iter().position(|rule| rule == named)?;
    match allow.rules.len() {
        1 => whole(allow, Safety::Safe),
        _ => {
            let title = format!("take {named} out of the comment");
            without(allow, id(allow, at)?, title, Safety::Safe)
        }
    }
}

/// The change that leaves nothing of `allow`.
pub(super) fn whole(allow: &Allow, safety: Safety) -> Option<Fix> {
    without(
        allow,
        allow.whole?,
        "take the comment out".to_owned(),
        safety,
    )
}

fn without(allow: &Allow, span: ByteSpan, title: String, safety: Safety) -> Option<Fix> {
    let edit = Edit {
        path: allow.place.path.clone(),
        span,
        text: String::new(),
    };
    Some(Fix {
        title,
        safety,
        diff: diff(allow, &edit)?,
        edits: vec![edit],
    })
}

/// The id at a position of its list, with the sign between it and its neighbour.
fn id(allow: &Allow, at: usize) -> Option<ByteSpan> {
    let own = *allow.ids.get(at)?;
    Some(match allow.ids.get(at + 1) {
        Some(next) => ByteSpan::new(own.start, next.start),
        None => ByteSpan::new(allow.ids.get(at.checked_sub(1)?)?.end, own.end),
    })
}

/// The change of the comment's line, which is all that is known of the file here.
fn diff(allow: &Allow, edit: &Edit) -> Option<String> {
    let (line, text) = (allow.excerpt.first_line, &allow.excerpt.text);
    let within = |at: u32| at.checked_sub(allow.excerpt.offset);
    let shifted = Edit {
        span: ByteSpan::new(
            within(edit.span.start)?,
            within(edit.span.end)?.min(text.len() as u32),
        ),
        ..edit.clone()
    };
    let left = String::from_utf8(spliced(text.as_bytes(), [&shifted])?).ok()?;
    let head = format!("--- a/{0}\n+++ b/{0}\n", edit.path);
    Some(match left.is_empty() {
        true => format!(
            "{head}@@ -{line} +{},0 @@\n-{text}\n",
            line.saturating_sub(1)
        ),
        false => format!("{head}@@ -{line} +{line} @@\n-{text}\n+{left}\n"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use perfctl_core::place::{LineIndex, Place};

    fn allow(text: &str, ids: &[&str], whole: ByteSpan) -> Allow {
        let lines = LineIndex::new(text.as_bytes());
        let spans = ids.iter().map(|id| {
            let at = text.find(id).expect("named") as u32;
            ByteSpan::new(at, at + id.len() as u32)
        });
        let place: Place = lines.place("a.py".into(), text.as_bytes(), whole);
        Allow {
            excerpt: lines.excerpt(text.as_bytes(), place.start.line, place.start.line),
            place,
            line: 1,
            last_line: 1,
            around: None,
            rules: ids.iter().map(|id| RuleId::new(*id)).collect(),
            ids: spans.collect(),
            whole: Some(whole),
            reason: "why".to_owned(),
            until: None,
            malformed: None,
        }
    }

    fn changed(text: &str, fix: &Fix) -> String {
        let bytes = spliced(text.as_bytes(), &fix.edits).expect("within");
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn the_last_id_takes_the_comment_with_it() {
        let text = "a()\nx()  # perfctl: allow A-1 -- why\ny()\n";
        let one = allow(text, &["A-1"], ByteSpan::new(7, 36));
        let fix = of(&one, &RuleId::new("A-1")).expect("a fix");
        assert_eq!(changed(text, &fix), "a()\nx()\ny()\n");
        assert_eq!(
            fix.diff,
            "--- a/a.py\n+++ b/a.py\n@@ -2 +2 @@\n-x()  # perfctl: allow A-1 -- why\n+x()\n"
        );
        let text = "a()\n# perfctl: allow A-1 -- why\ny()\n";
        let alone = allow(text, &["A-1"], ByteSpan::new(4, 32));
        let fix = of(&alone, &RuleId::new("A-1")).expect("a fix");
        assert_eq!(changed(text, &fix), "a()\ny()\n");
        assert!(
            fix.diff
                .ends_with("@@ -2 +1,0 @@\n-# perfctl: allow A-1 -- why\n")
        );
    }

    #[test]
    fn an_id_among_others_goes_with_the_sign_beside_it() {
        let text = "# perfctl: allow A-1, B-2, C-3 -- why\n";
        let one = allow(text, &["A-1", "B-2", "C-3"], ByteSpan::new(0, 38));
        let without = |id: &str| changed(text, &of(&one, &RuleId::new(id)).expect("a fix"));
        assert_eq!(without("A-1"), "# perfctl: allow B-2, C-3 -- why\n");
        assert_eq!(without("B-2"), "# perfctl: allow A-1, C-3 -- why\n");
        assert_eq!(without("C-3"), "# perfctl: allow A-1, B-2 -- why\n");
    }
}
