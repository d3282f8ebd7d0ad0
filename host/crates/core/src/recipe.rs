//! A recipe: parameters, steps and budgets.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::budget::Budget;
use crate::checklist::{Checklist, EvidenceItem};
use crate::ids::{RuleId, StepId};
use crate::rule::Layer;

/// The type of a parameter's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A path, relative to the audited repository unless absolute.
    Path,
    /// A file that is there, from the root of the audited repository.
    File,
    /// A dotted module name.
    Module,
    /// An operating system and an architecture.
    Platform,
    /// Variables of an environment.
    Variables,
}

impl ParamKind {
    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            ParamKind::Text => "text",
            ParamKind::Integer => "integer",
            ParamKind::Number => "number",
            ParamKind::Flag => "flag",
            ParamKind::Path => "path",
            ParamKind::File => "file",
            ParamKind::Module => "module",
            ParamKind::Platform => "platform",
            ParamKind::Variables => "variables",
        }
    }

    /// Every kind.
    pub const ALL: &'static [ParamKind] = &[
        ParamKind::Text,
        ParamKind::Integer,
        ParamKind::Number,
        ParamKind::Flag,
        ParamKind::Path,
        ParamKind::File,
        ParamKind::Module,
        ParamKind::Platform,
        ParamKind::Variables,
    ];

    /// Whether a value has this form. Whether a file is there is not asked.
    pub fn fits(self, value: &str) -> bool {
        match self {
            ParamKind::Text => true,
            ParamKind::Integer => value.parse::<i64>().is_ok(),
            ParamKind::Number => value.parse::<f64>().is_ok_and(f64::is_finite),
            ParamKind::Flag => matches!(value, "true" | "false"),
            ParamKind::Path | ParamKind::File => !value.contains('\0'),
            ParamKind::Module => value.is_empty() || is_module(value),
            ParamKind::Platform => value.is_empty() || is_platform(value),
            ParamKind::Variables => value.is_empty() || variable(value).is_some(),
        }
    }

    /// What a value is, with an article: `a whole number`.
    pub fn wanted(self) -> &'static str {
        match self {
            ParamKind::Text => "a text",
            ParamKind::Integer => "a whole number",
            ParamKind::Number => "a number",
            ParamKind::Flag => "`true` or `false`",
            ParamKind::Path => "a path",
            ParamKind::File => "a file of the repository",
            ParamKind::Module => "a dotted module name such as `shop.main`",
            ParamKind::Platform => "a platform such as `linux/arm64`",
            ParamKind::Variables => "NAME=VALUE, several with commas",
        }
    }
}

/// `shop.main`, not the `shop/main.py` that it lies in.
fn is_module(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let is_part = |part: &str| !part.is_empty() && part.chars().all(is_word);
    text.split('.').all(is_part) && (!text.ends_with(".py") || text == "py")
}

/// `linux/arm64` or `linux/arm64/v8`.
fn is_platform(text: &str) -> bool {
    let is_part = |part: &str| {
        let is_word = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        !part.is_empty() && part.chars().all(is_word)
    };
    matches!(text.split('/').count(), 2 | 3) && text.split('/').all(is_part)
}

/// The variable at the beginning of a text, as name and all that follows: `NAME=VALUE`.
pub fn variable(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    let name = name.trim();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then_some((name, value))
}

/// A value that `--set name=value` gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: ParamKind,
    /// Used when nothing is set; `None` means that steps that need it are `needs-evidence`.
    pub default: Option<String>,
    /// Values allowed; empty allows all of the type.
    pub choices: Vec<String>,
    /// One line for `recipe show`.
    pub help: String,
}

/// What a command may reach. Everything not granted is denied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Programs that must be installed, each with the hint that says how.
    pub tools: Vec<Tool>,
    /// Whether it asks for the network; granted only by the user.
    pub network: bool,
    /// Whether it writes outside its scratch directory (only `prepare` steps do, into the cache).
    pub writes: bool,
    /// Whether the user must allow it by name (`--allow STEP`) before it runs.
    pub consent: bool,
}

/// An external program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tool {
    /// Name on `PATH`. Alternatives are joined by `|`: `docker|podman`.
    pub program: String,
    /// How to get it, as a sentence.
    pub install: String,
}

/// An external command, as arguments, never as a shell line. `{param}` and `{fact}` are replaced per argument.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Command {
    /// Program and arguments.
    pub argv: Vec<String>,
    /// Further environment; nothing else is inherited but a short allow-list.
    pub env: BTreeMap<String, String>,
    /// Working directory from the repository's root.
    pub cwd: Option<String>,
    /// Exit codes that mean "worked"; empty means only 0.
    pub ok_exit: Vec<i32>,
    /// The collector that reads the output.
    pub collector: Option<String>,
    /// Options for the collector.
    pub options: BTreeMap<String, String>,
    /// How often it runs.
    pub repeat: Repeat,
}

/// How often a command runs, so that a number does not rest on one sample: each run adds a sample to every series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// Runs that are not measured, because the first one finds cold caches.
    pub warm_ups: u32,
    /// Runs that are measured; at least one.
    pub runs: u32,
    /// No further run begins that would not end within this time, warm-ups counted; the first one always does.
    pub within: Option<Duration>,
}

impl Default for Repeat {
    fn default() -> Self {
        Self {
            warm_ups: 0,
            runs: 1,
            within: None,
        }
    }
}

/// What a step does. Kinds of later work are named in the contracts; a kind without an executor is refused when the
/// recipe is read, never skipped in silence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StepKind {
    /// Runs rules.
    Rules {
        /// Ids, `tag:X` or `category:X`; empty means all that the recipe names as items.
        select: Vec<String>,
        /// The same forms, taken out again.
        ignore: Vec<String>,
    },
    /// Runs a program and collects its output.
    Command(Command),
    /// Measures without a program of its own: a collector that asks a service (an image registry) itself.
    Probe {
        /// The collector.
        collector: String,
        /// Its options; values may hold `{param}` and `{fact}`.
        options: BTreeMap<String, String>,
    },
    /// Renders a template into a file of the output directory.
    Report {
        /// Template name.
        template: String,
        /// File name within the output directory.
        file: String,
    },
}

impl StepKind {
    /// The word used in files.
    pub fn word(&self) -> &'static str {
        match self {
            StepKind::Rules { .. } => "rules",
            StepKind::Command(_) => "command",
            StepKind::Probe { .. } => "probe",
            StepKind::Report { .. } => "report",
        }
    }
}

/// One action of a recipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// What it does, in the imperative.
    pub title: String,
    /// The action.
    pub kind: StepKind,
    /// Steps that must have ended before (in whatever way) and whose results it may use.
    pub after: Vec<StepId>,
    /// Facts that must all hold (`language:python`); `!` in front negates.
    pub when: Vec<String>,
    /// What it may reach.
    pub needs: Needs,
    /// Wall time for one attempt.
    pub timeout: Duration,
    /// Further attempts after a failure that a repetition may mend (time-out, exit code), not after a missing tool.
    pub retries: u32,
    /// Checklist items that stay `needs-evidence` when it yields nothing.
    pub items: Vec<RuleId>,
}

/// A checklist item that a measurement decides and no rule owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuredItem {
    /// Its id.
    pub id: RuleId,
    /// Its title.
    pub title: String,
}

/// A recipe, read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// Its name: the file name without `.toml`.
    pub name: String,
    /// One line.
    pub title: String,
    /// What it is for, Markdown.
    pub about: String,
    /// The recipe from which it took over what it does not say itself.
    pub extends: Option<String>,
    /// Parameters, in the order of the file.
    pub params: Vec<Param>,
    /// Steps, in the order of the file.
    pub steps: Vec<Step>,
    /// Limits.
    pub budgets: Vec<Budget>,
    /// Items that only measurements decide.
    pub items: Vec<MeasuredItem>,
    /// Checklists of which every line is answered, or the sections of them that it names.
    pub checklists: Vec<Checklist>,
    /// The items of those checklists that no rule owns.
    pub evidence: Vec<EvidenceItem>,
    /// What an earlier run is for, where the recipe is about one; another silences with it what was there already.
    pub baseline: Option<BaselineUse>,
    /// The layer it came from.
    pub layer: Layer,
}

impl Recipe {
    /// Whether an earlier run is compared with and nothing more: what was there already counts all the same.
    pub fn only_compares(&self) -> bool {
        self.baseline == Some(BaselineUse::Compare)
    }
}

/// What a recipe that is about an earlier run does with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaselineUse {
    /// What was there already does not count.
    Silence,
    /// It is compared with, and everything counts.
    Compare,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_the_form_of_its_kind_or_not() {
        for (kind, good, bad) in [
            (ParamKind::Module, "shop.main", "shop/main.py"),
            (ParamKind::Module, "my-service.main_2", "main.py"),
            (ParamKind::Module, "py", "shop..main"),
            (ParamKind::Platform, "linux/arm64/v8", "arm64"),
            (ParamKind::Platform, "linux/amd64", "linux/"),
            (ParamKind::Variables, "A=1,B=x,y", "A"),
            (ParamKind::Variables, "DEBUG=", "=1"),
            (ParamKind::File, "requirements/base.txt", "a\0b"),
        ] {
            assert!(kind.fits(good), "{good} for {}", kind.word());
            assert!(!kind.fits(bad), "{bad} for {}", kind.word());
        }
        for kind in ParamKind::ALL {
            let numbers = [ParamKind::Integer, ParamKind::Number, ParamKind::Flag];
            assert_eq!(kind.fits(""), !numbers.contains(kind), "{}", kind.word());
        }
    }
}
