//! Why a marked line may not be found: which matchers fit there, what its calls are, and which condition keeps a matcher away.

mod conditions;

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use perfctl_core::path_class::PathClass;
use perfctl_core::seams::Stop;
use perfctl_scan::lower::Language;
use perfctl_scan::matcher::local::{Match, MatchAt};
use perfctl_scan::matcher::{Matcher, RuleIndex, What};
use perfctl_scan::scanner::{Candidates, Ruleset, Survey};
use perfctl_scan::tree::{Kind, NodeId, Role};
use perfctl_scan::view::FileView;

use super::trial::scan;
use crate::api::Node;

/// Calls of one line that are shown.
const MOST_CALLS: usize = 5;

/// Lines of a file that are shown for a matcher.
const MOST_LINES: usize = 5;

/// Code of a call up to which it is shown as written.
const LONGEST: usize = 48;

/// A case as it was scanned, and which rule is asked about.
pub(super) struct Scanned<'s> {
    /// What was scanned.
    pub(super) survey: &'s Survey,
    /// What it was scanned for.
    pub(super) ruleset: &'s Ruleset,
    /// The rule, by its position there.
    pub(super) rule: usize,
    /// Who may not want to wait: to say what keeps a matcher away, the case is scanned once more.
    pub(super) stop: &'s dyn Stop,
}

/// Where a matcher fits, seen from a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// At the line.
    Here,
    /// At the file as a whole.
    File,
    /// In code around the line, which begins elsewhere.
    Around(u32),
    /// Elsewhere in the file.
    Elsewhere(u32),
}

impl Scanned<'_> {
    /// What may explain that the rule does not find the line, a line of text each.
    pub(super) fn clues(&self, path: &str, line: u32) -> String {
        let mut out = String::new();
        let fits = self.fits(path, line);
        let names = |wanted: &dyn Fn(Fit) -> bool| {
            let mut names: Vec<String> = Vec::new();
            for (matcher, _) in fits.iter().filter(|(_, fit)| wanted(*fit)) {
                let name = format!("`{}`", self.matchers()[*matcher].name);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names.join(", ")
        };
        let here = names(&|fit| fit == Fit::Here);
        let around = names(&|fit| matches!(fit, Fit::Around(_)));
        let whole = names(&|fit| fit == Fit::File);
        if !here.is_empty() {
            let _ = write!(
                out,
                "\n{here} {} here: the code was handed it, and reports nothing on this line",
                fit_or_fits(&here)
            );
        } else if !around.is_empty() {
            let _ = write!(
                out,
                "\n{around} {} around this line: the code was handed it, and reports nothing here",
                fit_or_fits(&around)
            );
        } else {
            if !whole.is_empty() {
                let _ = write!(
                    out,
                    "\n{whole} {} the file as a whole: the code was handed it, and reports nothing on this line",
                    fit_or_fits(&whole)
                );
            }
            self.unfitting(path, line, &fits, &mut out);
        }
        self.calls(path, line, &mut out);
        out
    }

    fn matchers(&self) -> &[Matcher] {
        &self.ruleset.rules[self.rule].matchers
    }

    /// Says that no matcher fits, with what keeps them away.
    fn unfitting(&self, path: &str, line: u32, fits: &[(usize, Fit)], out: &mut String) {
        let is_whole = |at: usize| fits.contains(&(at, Fit::File));
        let matchers = self.matchers().iter().enumerate();
        let of_lines: Vec<(usize, &Matcher)> = matchers
            .filter(|(at, matcher)| {
                let is_repository = matches!(matcher.what, What::Repository);
                !matcher.evidence && !is_repository && !is_whole(*at)
            })
            .collect();
        if of_lines.is_empty() {
            return;
        }
        out.push_str("\nno matcher fits this line");
        for (at, matcher) in of_lines {
            let mut lines: Vec<u32> = fits
                .iter()
                .filter_map(|(of, fit)| match fit {
                    Fit::Elsewhere(line) if *of == at => Some(*line),
                    _ => None,
                })
                .collect();
            lines.dedup();
            let name = &matcher.name;
            if let Some(why) = self.looks_away(matcher, path) {
                let _ = write!(out, "\n`{name}` does not look at this file: {why}");
            } else if !lines.is_empty() {
                let word = if lines.len() == 1 { "line" } else { "lines" };
                let more = lines.len().saturating_sub(MOST_LINES);
                lines.truncate(MOST_LINES);
                let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
                let _ = write!(out, "\n`{name}` fits {word} {}", lines.join(", "));
                if more > 0 {
                    let _ = write!(out, " and {more} more");
                }
            }
        }
        for (matcher, condition) in self.in_the_way(path, line) {
            let name = &self.matchers()[matcher].name;
            let _ = write!(out, "\n`{name}` would fit it without `{condition}`");
        }
    }

    /// Why a matcher does not look at a file at all.
    fn looks_away(&self, matcher: &Matcher, path: &str) -> Option<String> {
        let view = &self.survey.view;
        let at = view.entry(path)?;
        let class: PathClass = view.entries()[at].class;
        if matcher.skip.contains(&class) {
            return Some(format!(
                "its kind is `{}`, which `skip` leaves out",
                class.word()
            ));
        }
        if let Some(files) = &matcher.files
            && !files.is_match(path)
        {
            return Some("`files` does not fit its path".to_owned());
        }
        let language = view.repo.find(path).map(|id| view.repo.file(id).language);
        let language = language.or_else(|| Language::from_path(path));
        let fits = language.is_some_and(|language| matcher.languages.contains(&language));
        if matcher.languages.is_empty() || fits {
            return None;
        }
        let wanted: Vec<&str> = matcher.languages.iter().map(|one| one.name()).collect();
        Some(format!("it looks at {}", wanted.join(", ")))
    }

    /// Where each matcher fits in a file, in the order of lines.
    fn fits(&self, path: &str, line: u32) -> Vec<(usize, Fit)> {
        fits(self.survey, self.rule, path, line, self.stop)
    }

    /// Matchers that would fit the line if it were not for one of their conditions, with that condition.
    fn in_the_way(&self, path: &str, line: u32) -> Vec<(usize, &'static str)> {
        let (matchers, conditions) = conditions::without_each(self.matchers());
        if matchers.is_empty() {
            return Vec::new();
        }
        let mut ruleset = Ruleset {
            rules: self.ruleset.rules.clone(),
            facts: self.ruleset.facts.clone(),
            max_file_size: self.ruleset.max_file_size,
        };
        ruleset.rules[self.rule].matchers = matchers;
        let survey = scan(self.survey.view.root(), &ruleset, self.stop);
        let mut found: Vec<(usize, &'static str)> = fits(&survey, self.rule, path, line, self.stop)
            .into_iter()
            .filter(|(_, fit)| *fit == Fit::Here)
            .map(|(at, _)| conditions[at])
            .collect();
        found.dedup();
        found
    }

    /// What the calls that begin on a line call, and what is known of that where a matcher asks for facts.
    fn calls(&self, path: &str, line: u32, out: &mut String) {
        let asks_for_facts = self
            .matchers()
            .iter()
            .any(|one| matches!(&one.what, What::Call { fact: Some(_), .. }));
        let Some(file) = open(self.survey, path) else {
            return;
        };
        let calls = calls_on(&file, line);
        for call in calls.iter().take(MOST_CALLS) {
            let _ = write!(out, "\n{}", called(call));
            if asks_for_facts && let Some(facts) = facts(call) {
                let _ = write!(out, " ({facts})");
            }
        }
        if calls.len() > MOST_CALLS {
            let _ = write!(out, "\nand {} more calls", calls.len() - MOST_CALLS);
        }
    }
}

/// The verb for one name, or for several with commas between them.
fn fit_or_fits(names: &str) -> &'static str {
    match names.contains(", ") {
        true => "fit",
        false => "fits",
    }
}

fn open(survey: &Survey, path: &str) -> Option<Arc<FileView>> {
    let at = survey.view.entry(path)?;
    survey.view.open(at).ok()
}

/// Where the matchers of a rule fit in a file, seen from a line.
fn fits(survey: &Survey, rule: usize, path: &str, line: u32, stop: &dyn Stop) -> Vec<(usize, Fit)> {
    let found: Mutex<Vec<(usize, Fit)>> = Mutex::default();
    let rule = RuleIndex(rule as u16);
    let alone = |_, _| false;
    survey.judge(
        stop,
        || (),
        alone,
        |(), of, candidates| match candidates {
            Candidates::In(file, matches) if of == rule && **file.path() == *path => {
                let fits = matches
                    .iter()
                    .map(|one| (one.matcher as usize, fit(file, one, line)));
                let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                found.extend(fits);
            }
            _ => {}
        },
    );
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by_key(|(matcher, fit)| match fit {
        Fit::Here | Fit::File => (*matcher, line),
        Fit::Around(line) | Fit::Elsewhere(line) => (*matcher, *line),
    });
    found
}

fn fit(file: &Arc<FileView>, one: &Match, line: u32) -> Fit {
    let (span, head) = match &one.at {
        MatchAt::File => return Fit::File,
        MatchAt::Span(span) => (*span, *span),
        MatchAt::Captured(hit) => (hit.span, hit.span),
        MatchAt::Node(id) => match file.code() {
            None => return Fit::File,
            Some(code) => (code.syntax.tree.node(*id).span, code.head(file, *id)),
        },
    };
    let lines = file.lines();
    let (first, begins) = (lines.line_of(span.start), lines.line_of(head.start));
    let last = lines.line_of(span.end.saturating_sub(1).max(span.start));
    match line {
        _ if line == first || line == begins => Fit::Here,
        _ if first < line && line <= last => Fit::Around(begins),
        _ => Fit::Elsewhere(begins),
    }
}

/// The calls that begin on a line, or whose name stands there.
fn calls_on(file: &Arc<FileView>, line: u32) -> Vec<Node> {
    let Some(code) = file.code() else {
        return Vec::new();
    };
    let tree = &code.syntax.tree;
    let lines = file.lines();
    let is_here = |id: &NodeId| {
        let callee = tree.child(*id, Role::Callee).unwrap_or(*id);
        let name = tree.node(callee).span.end.saturating_sub(1);
        tree.node(*id).kind == Kind::Call
            && (lines.line_of(tree.node(*id).span.start) == line || lines.line_of(name) == line)
    };
    let calls = tree.descendants(NodeId(0)).filter(is_here);
    calls.map(|id| Node::new(file, id)).collect()
}

/// What a call calls, in words.
fn called(call: &Node) -> String {
    let callee = call.child(Role::Callee).ok().flatten();
    let source = callee.as_ref().and_then(|callee| callee.source().ok());
    let source = source.unwrap_or_default();
    let short = !source.contains('\n') && source.len() <= LONGEST && !source.is_empty();
    let name = call.name().unwrap_or_default();
    let shown = if short {
        source.to_owned()
    } else {
        format!("...{name}")
    };
    let targets = call.target().unwrap_or_default();
    let targets: Vec<String> = targets.iter().map(|path| format!("`{path}`")).collect();
    match targets.is_empty() {
        false => format!("`{shown}` calls {}", targets.join(" or ")),
        true => {
            format!("what `{shown}` calls is not known: only `called = [\"{name}\"]` can fit it")
        }
    }
}

/// What is known of what a call calls.
fn facts(call: &Node) -> Option<String> {
    let code = call.file.code()?;
    let repo = call.file.repo()?;
    Some(match code.fact(&repo, call.id) {
        None => "no fact speaks of it".to_owned(),
        Some((_, fact)) => {
            let words = fact.words().map(|(key, word)| format!("{key} {word}"));
            words.collect::<Vec<_>>().join(", ")
        }
    })
}
