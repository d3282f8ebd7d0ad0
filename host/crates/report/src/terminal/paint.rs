//! Colours. Without them the text is the same, byte for byte.

use anstyle::{AnsiColor, Effects, Style};
use perfctl_core::scale::Severity;

/// Puts styles around text, or not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    /// Whether styles are written.
    pub(crate) colour: bool,
}

impl Paint {
    /// `text` in `style`.
    pub(crate) fn paint(self, style: Style, text: &str) -> String {
        if !self.colour || text.is_empty() || style == Style::new() {
            return text.to_owned();
        }
        format!("{}{text}{}", style.render(), style.render_reset())
    }

    /// A heading.
    pub(crate) fn heading(self, text: &str) -> String {
        self.paint(BOLD, text)
    }
}

/// Headings and what leads the eye.
pub(crate) const BOLD: Style = Style::new().effects(Effects::BOLD);
/// What may be passed over.
pub(crate) const DIM: Style = Style::new().effects(Effects::DIMMED);
/// Added lines, passed items.
pub(crate) const GREEN: Style = AnsiColor::Green.on_default();
/// Removed lines.
pub(crate) const RED: Style = AnsiColor::Red.on_default();
/// Hunk headers, how to mend it.
pub(crate) const CYAN: Style = AnsiColor::Cyan.on_default();

/// The colour of a severity.
pub(crate) const fn severity(severity: Severity) -> Style {
    match severity {
        Severity::Critical => AnsiColor::BrightMagenta.on_default().effects(Effects::BOLD),
        Severity::High => AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
        Severity::Medium => AnsiColor::Yellow.on_default().effects(Effects::BOLD),
        Severity::Low => AnsiColor::BrightBlue.on_default().effects(Effects::BOLD),
    }
}

/// The colour of a verdict or a step's status, by its word.
pub(crate) fn word(word: &str) -> Style {
    match word {
        "fail" | "failed" | "timed-out" => AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
        "error" | "interrupted" => AnsiColor::BrightMagenta.on_default().effects(Effects::BOLD),
        "needs-evidence" => AnsiColor::Yellow.on_default().effects(Effects::BOLD),
        "pass" | "ok" => GREEN,
        "attested" | "waived" => AnsiColor::BrightBlue.on_default(),
        _ => DIM,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_adds_sequences_around_the_same_text() {
        let styled = Paint { colour: true }.paint(severity(Severity::High), "high");
        assert!(
            styled.starts_with('\u{1b}')
                && styled.contains("high")
                && styled.ends_with("\u{1b}[0m")
        );
        assert_eq!(Paint { colour: false }.paint(BOLD, "high"), "high");
    }
}
