//! The forms of names: rule ids, metric names, and the lower-case words that name steps, parameters, packs and tags.

use perfctl_core::ids::{MetricName, RuleId};

use crate::table::Refusal;

/// Longest name of any kind, in bytes.
const MAX_NAME: usize = 64;

/// Reads a rule id.
///
/// # Errors
/// Another form; the advice is the upper-case spelling where that would do.
pub fn rule_id(text: &str) -> Result<RuleId, Refusal> {
    if RuleId::is_well_formed(text) {
        return Ok(RuleId::new(text));
    }
    let raised = text.trim().to_uppercase().replace(['_', ' ', '.'], "-");
    let refusal = Refusal::new(format!("`{text}` is not a rule id"));
    Err(if RuleId::is_well_formed(&raised) {
        refusal.hint(format!("did you mean `{raised}`?"))
    } else {
        refusal.hint(
            "a rule id is upper-case words and numbers joined by dashes, such as `DB-PERF-001`",
        )
    })
}

/// Reads a metric name: lower-case words joined by dots.
///
/// # Errors
/// Another form.
pub fn metric_name(text: &str) -> Result<MetricName, Refusal> {
    if text.len() <= MAX_NAME && text.split('.').all(is_word) {
        return Ok(MetricName::new(text));
    }
    Err(Refusal::new(format!("`{text}` is not a metric name"))
        .hint("a metric name is lower-case words joined by dots, such as `import.total`"))
}

/// Accepts a lower-case word: letters, digits, `-` and `_`, a letter or digit first.
///
/// # Errors
/// Another form.
pub fn word(text: &str) -> Result<String, Refusal> {
    if text.len() <= MAX_NAME && is_word(text) {
        return Ok(text.to_owned());
    }
    let lowered = text.trim().to_lowercase().replace([' ', '.'], "-");
    let refusal = Refusal::new(format!("`{text}` is not a name"));
    Err(if lowered.len() <= MAX_NAME && is_word(&lowered) {
        refusal.hint(format!("did you mean `{lowered}`?"))
    } else {
        refusal.hint("a name is lower-case letters, digits, `-` and `_`, at most 64 of them")
    })
}

/// Accepts a relative path with forward slashes that stays below `base`, which messages name.
///
/// # Errors
/// An absolute path, a way out (`..`), or a backslash.
pub fn inner_path(text: &str, base: &str) -> Result<String, Refusal> {
    let drive = text.as_bytes().get(1) == Some(&b':');
    if text.starts_with(['/', '~']) || drive || text.split('/').any(|part| part == "..") {
        return Err(Refusal::new(format!("`{text}` leads out of {base}"))
            .hint("write a path below it, without `..`"));
    }
    if text.contains(['\\', '\0', '\n']) {
        return Err(Refusal::new(format!(
            "`{}` is not a path that works everywhere",
            text.escape_debug()
        ))
        .hint("write forward slashes"));
    }
    Ok(text.to_owned())
}

fn is_word(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_forms_are_refused_with_the_form_that_would_do() {
        assert_eq!(rule_id("DB-PERF-001"), Ok(RuleId::new("DB-PERF-001")));
        assert_eq!(
            rule_id("db_perf 001").expect_err("form").hint.as_deref(),
            Some("did you mean `DB-PERF-001`?")
        );
        assert!(
            rule_id("PERF")
                .expect_err("form")
                .to_string()
                .contains("upper-case words")
        );
        assert_eq!(
            metric_name("import.total_2"),
            Ok(MetricName::new("import.total_2"))
        );
        for bad in ["", ".", "a.", "Import.total", "a b", "ä"] {
            assert!(metric_name(bad).is_err(), "{bad}");
        }
        assert_eq!(
            word("Step One").expect_err("form").hint.as_deref(),
            Some("did you mean `step-one`?")
        );
        assert!(word("").is_err() && word("-a").is_err() && word("a-1_b").is_ok());
    }

    #[test]
    fn paths_stay_below_their_base() {
        for good in ["report.md", "a/b.html", ".", "a..b"] {
            assert!(inner_path(good, "here").is_ok(), "{good}");
        }
        for bad in [
            "/etc/passwd",
            "../x",
            "a/../../x",
            "~/x",
            "C:/x",
            "a\\b",
            "a\0",
        ] {
            assert!(inner_path(bad, "here").is_err(), "{bad}");
        }
    }
}
