//! Findings that are known and do not count: allowed by a comment, waived in the settings, or held by the baseline.
//! What allows without need, without reason, too long or wrongly becomes a finding of its own.

mod removal;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use globset::{GlobBuilder, GlobSet};
use perfctl_core::finding::{Finding, Silenced};
use perfctl_core::fix::Safety;
use perfctl_core::ids::RuleId;
use perfctl_core::moves::Moves;
use perfctl_core::place::{Excerpt, Place};
use perfctl_core::rule::{Help, Layer, Rule};
use perfctl_core::scale::{Confidence, Effort, Reach, Severity};
use perfctl_core::suppress::Allow;

use super::day::{self, Day};
use crate::nearness::hint;
use crate::pairing::{left_of_graver, pair};

pub use perfctl_core::suppress::SUPPRESS;

/// One `[[waive]]` of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The rule, by id or alias.
    pub rule: RuleId,
    /// A glob over paths from the root, or a directory; `None` means everywhere.
    pub path: Option<String>,
    /// The audited directory from the root that `path` starts at, where that is the root of a repository around it.
    pub below: Option<String>,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// Last day on which it holds.
    pub until: Option<Day>,
    /// That no file of the repository fits `path`; `None` where one does, or nobody looked.
    pub astray: Option<Astray>,
    /// Where it is written.
    pub place: Place,
    /// The lines it is written on.
    pub excerpt: Excerpt,
}

/// A path that fits no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Astray {
    /// The path that may have been meant.
    pub near: Option<String>,
}

/// Findings that were there before, and do not count.
#[derive(Clone, Debug)]
pub enum Baseline {
    /// How often each fingerprint may appear.
    List(BTreeMap<String, usize>),
    /// Those of a run, and the files that lie elsewhere since.
    Run(Vec<Finding>, Moves),
}

impl Default for Baseline {
    fn default() -> Self {
        Self::List(BTreeMap::new())
    }
}

impl Baseline {
    /// A baseline of these fingerprints, each with the number of findings that it covers.
    pub fn new(known: impl IntoIterator<Item = (String, usize)>) -> Self {
        let mut counts = BTreeMap::new();
        for (fingerprint, count) in known {
            *counts.entry(fingerprint).or_default() += count;
        }
        Self::List(counts)
    }

    /// Which of `findings` it covers, whatever else allows them. What a comment or a waiver allowed then it does not cover: that had
    /// its own reason. `sees` says whether findings of a rule in a file would be among them.
    fn covers(&self, findings: &[Finding], sees: impl Fn(&RuleId, &str) -> bool) -> Vec<bool> {
        match self {
            Self::List(counts) => {
                let mut left = counts.clone();
                let take = |finding: &Finding| {
                    let count = left.get_mut(&finding.fingerprint);
                    let count = count.filter(|count| finding.silenced.is_none() && **count > 0);
                    count.map(|count| *count -= 1).is_some()
                };
                findings.iter().map(take).collect()
            }
            Self::Run(known, moves) => {
                let is_open =
                    |known: &Finding| matches!(known.silenced, None | Some(Silenced::Baseline));
                let former = pair(known, findings, moves);
                let is_mended = |gone: &Finding, now: &str| is_open(gone) && sees(&gone.rule, now);
                let left = left_of_graver(known, findings, &former, moves, is_mended);
                let covers = |(at, is_left): (&Option<usize>, bool)| {
                    is_left || at.is_some_and(|at| is_open(&known[at]))
                };
                former.iter().zip(left).map(covers).collect()
            }
        }
    }
}

/// What silencing depends on.
pub(super) struct Ground<'a> {
    pub(super) allows: &'a [Allow],
    pub(super) waivers: &'a [Waiver],
    pub(super) baseline: &'a Baseline,
    pub(super) today: Day,
    /// Every id and alias that exists.
    pub(super) known: &'a BTreeSet<RuleId>,
    /// Heads of the rules that ran, for their aliases.
    pub(super) rules: &'a [Rule],
    /// Rules that have nothing to look at here, and why.
    pub(super) idle: &'a BTreeMap<RuleId, String>,
    /// Rules that saw all they had to see: only of these can an allowance be called unused.
    pub(super) examined: &'a BTreeSet<RuleId>,
    /// Files and directories that findings were limited to; empty means none.
    pub(super) limited_to: &'a [String],
}

impl Ground<'_> {
    /// Whether findings of `rule` in `path` would have been seen, so that their absence means something.
    fn sees(&self, rule: &RuleId, path: &str) -> bool {
        self.examined.contains(rule) && within(self.limited_to, path)
    }
}

/// Whether `path` lies in one of the files and directories of `limits`; with none, everything does.
pub fn within(limits: &[String], path: &str) -> bool {
    let holds = |limit: &String| {
        let limit = limit.trim_start_matches("./");
        limit == "." || Path::new(path).starts_with(limit)
    };
    limits.is_empty() || limits.iter().any(holds)
}

/// Marks findings and appends those about the suppressions themselves.
pub(super) fn silence(mut findings: Vec<Finding>, ground: &Ground<'_>) -> Vec<Finding> {
    let mut own = Vec::new();
    for allow in ground.allows {
        own.extend(allow_findings(allow, &mut findings, ground));
    }
    for waiver in ground.waivers {
        own.extend(waive_findings(waiver, &mut findings, ground));
    }
    // The baseline comes last and covers our own findings too; a comment cannot allow what is said of comments.
    super::fingerprint::assign(&mut own);
    findings.append(&mut own);
    let covered = (ground.baseline).covers(&findings, |rule, path| ground.sees(rule, path));
    for (finding, is_covered) in findings.iter_mut().zip(covered) {
        if is_covered && finding.silenced.is_none() {
            finding.silenced = Some(Silenced::Baseline);
        }
    }
    findings
}

/// Whether every comment and waiver could be judged: of one for a rule that did not look, nobody knows whether it is needed.
pub(super) fn judges_all(ground: &Ground<'_>) -> bool {
    let comments = ground.allows.iter().flat_map(|allow| &allow.rules);
    let waived = ground.waivers.iter().map(|waiver| &waiver.rule);
    comments.chain(waived).all(|named| {
        let is_known = ground.known.contains(named);
        let rule = resolve(named, ground.rules);
        !is_known || ground.examined.contains(rule) || ground.idle.contains_key(rule)
    })
}

/// Applies one comment.
fn allow_findings(allow: &Allow, findings: &mut [Finding], ground: &Ground<'_>) -> Vec<Finding> {
    let complain = |why: String| about(&allow.place, &allow.excerpt, why);
    if let Some(why) = &allow.malformed {
        return vec![complain(format!("this comment allows nothing: {why}"))];
    }
    if allow.reason.trim().is_empty() {
        return vec![complain(
            "this comment allows nothing: it gives no reason".to_owned(),
        )];
    }
    if day::is_over(allow.until, ground.today) {
        let until = allow.until.map(day::show).unwrap_or_default();
        let why = format!("this comment held until {until} and allows nothing any more");
        // Where its rules find nothing any more it is not needed; elsewhere somebody decides whether its reason still holds.
        let (why, safety) = match is_needed(allow, findings, ground) {
            false => (why, Safety::Safe),
            true => (
                format!(
                    "{why}: mend what it allowed, or give it a later day if its reason still holds"
                ),
                Safety::Unsafe,
            ),
        };
        return vec![Finding {
            fix: removal::whole(allow, safety),
            ..complain(why)
        }];
    }
    let mut own = Vec::new();
    for named in &allow.rules {
        if let Some(why) = unknown(named, ground) {
            own.push(complain(why));
            continue;
        }
        let rule = resolve(named, ground.rules);
        let mut used = false;
        let mut beside = None;
        for finding in findings
            .iter_mut()
            .filter(|finding| finding.rule == *rule && finding.place.path == allow.place.path)
        {
            if !allow.covers(&finding.place) {
                beside = beside.or(allow.would_cover(&finding.place));
                continue;
            }
            used = true;
            if finding.silenced.is_none() {
                finding.silenced = Some(Silenced::Comment(allow.reason.clone()));
            }
        }
        if let Some((first, last)) = beside.filter(|_| !used) {
            own.push(complain(format!(
                "this comment allows nothing in the middle of a statement: write it on line {first} or {last}, where the statement \
                 begins or ends, or above it"
            )));
        } else if !used && ground.sees(rule, &allow.place.path) {
            let why = format!("this comment is not needed: {named} finds nothing here");
            own.push(Finding {
                fix: removal::of(allow, named),
                ..complain(why)
            });
        }
    }
    own
}

/// Whether a comment that is over may still be about something: one of its rules finds something there, be it in the midst of a statement
/// where no comment counts, or did not look. One that has nothing to look at in all of the repository finds nothing.
fn is_needed(allow: &Allow, findings: &[Finding], ground: &Ground<'_>) -> bool {
    allow.rules.iter().any(|named| {
        let rule = resolve(named, ground.rules);
        let mut ours = findings
            .iter()
            .filter(|finding| finding.rule == *rule && finding.place.path == allow.place.path);
        if ground.idle.contains_key(rule) && ground.limited_to.is_empty() {
            return false;
        }
        let is_about = |place: &Place| allow.covers(place) || allow.would_cover(place).is_some();
        !ground.sees(rule, &allow.place.path) || ours.any(|finding| is_about(&finding.place))
    })
}

/// Applies one waiver.
fn waive_findings(waiver: &Waiver, findings: &mut [Finding], ground: &Ground<'_>) -> Vec<Finding> {
    let complain = |why: String| vec![about(&waiver.place, &waiver.excerpt, why)];
    if waiver.reason.trim().is_empty() {
        return complain("this waiver waives nothing: it gives no reason".to_owned());
    }
    if day::is_over(waiver.until, ground.today) {
        let until = waiver.until.map(day::show).unwrap_or_default();
        return complain(format!(
            "this waiver held until {until} and waives nothing any more"
        ));
    }
    if let Some(why) = unknown(&waiver.rule, ground) {
        return complain(why);
    }
    let scope = match waiver.path.as_deref().map(Scope::new).transpose() {
        Ok(scope) => scope,
        Err(why) => return complain(format!("this waiver waives nothing: {why}")),
    };
    let rule = resolve(&waiver.rule, ground.rules);
    let mut used = false;
    for finding in findings.iter_mut().filter(|finding| {
        finding.rule == *rule
            && scope.as_ref().is_none_or(|scope| match &waiver.below {
                Some(directory) => {
                    let directory = directory.trim_end_matches('/');
                    scope.holds(&format!("{directory}/{}", finding.place.path))
                }
                None => scope.holds(&finding.place.path),
            })
    }) {
        used = true;
        if finding.silenced.is_none() {
            let owner = &waiver.owner;
            let by = if owner.is_empty() {
                String::new()
            } else {
                format!(" ({owner})")
            };
            finding.silenced = Some(Silenced::Waiver(format!("{}{by}", waiver.reason)));
        }
    }
    if used {
        return Vec::new();
    }
    // Only now: what was found in a file shows that there is one, whatever somebody else saw who looked for it.
    if let (Some(astray), Some(path)) = (&waiver.astray, &waiver.path) {
        return complain(match &astray.near {
            Some(near) => format!(
                "this waiver waives nothing: no file fits its path `{path}`; did you mean `{near}`?"
            ),
            None => format!("this waiver is not needed: no file fits its path `{path}`"),
        });
    }
    // What it waives may lie outside of what was looked at.
    let saw_all = ground.limited_to.is_empty() && waiver.below.is_none();
    if saw_all && ground.examined.contains(rule) {
        return complain(format!(
            "this waiver is not needed: {} finds nothing there",
            waiver.rule
        ));
    }
    if let Some(why) = ground.idle.get(rule).filter(|_| saw_all) {
        return complain(format!(
            "this waiver is not needed: {} does not apply here: {why}",
            waiver.rule
        ));
    }
    Vec::new()
}

/// The paths that a waiver speaks of.
pub struct Scope {
    globs: GlobSet,
    directory: String,
}

impl Scope {
    /// The path that `text` begins with at the root, however it is written: `./shop`, `/shop` and `shop` are one.
    pub fn from_root(text: &str) -> &str {
        text.trim_start_matches("./").trim_start_matches('/')
    }

    /// What `text` speaks of, a glob over paths from the root or a directory.
    ///
    /// # Errors
    /// Why it is no glob, as a sentence.
    pub fn new(text: &str) -> Result<Self, String> {
        let text = Self::from_root(text);
        // The root is everything.
        let text = if matches!(text, "" | ".") { "**" } else { text };
        // The settings may be anybody's; whoever looks for what it speaks of stays within the repository.
        if text.split('/').any(|part| part == "..") {
            return Err("its path leads out of its directory by `..`".to_owned());
        }
        let directory = format!("{}/", text.trim_end_matches('/'));
        let glob = |text: &str| {
            let glob = GlobBuilder::new(text).literal_separator(true).build();
            glob.map_err(|error| format!("its path is no glob: {}", error.kind()))
        };
        let globs = GlobSet::new([glob(text)?, glob(&format!("{directory}**"))?])
            .map_err(|error| format!("its path is no glob: {}", error.kind()))?;
        Ok(Self { globs, directory })
    }

    /// Whether it speaks of the file at `path`.
    pub fn holds(&self, path: &str) -> bool {
        // A directory may be called `[id]`.
        path.starts_with(&self.directory) || self.globs.is_match(path)
    }
}

fn unknown(named: &RuleId, ground: &Ground<'_>) -> Option<String> {
    if ground.known.contains(named) || named.as_str() == SUPPRESS {
        return None;
    }
    // The list of all rules would be longer than the report.
    let hint = hint(named.as_str(), ground.known.iter().map(RuleId::as_str));
    let hint = if hint.starts_with("; did") {
        hint
    } else {
        String::new()
    };
    Some(format!("no rule is called {named}{hint}"))
}

/// The rule that `named` is the id or an alias of. An id is its own: an alias elsewhere takes nothing from it.
pub(super) fn resolve<'a>(named: &'a RuleId, rules: &'a [Rule]) -> &'a RuleId {
    let by_id = rules.iter().find(|rule| rule.id == *named);
    by_id
        .or_else(|| rules.iter().find(|rule| rule.aliases.contains(named)))
        .map_or(named, |rule| &rule.id)
}

/// A finding about a suppression.
fn about(place: &Place, excerpt: &Excerpt, message: String) -> Finding {
    Finding {
        rule: RuleId::new(SUPPRESS),
        message,
        severity: Severity::Low,
        confidence: Confidence::High,
        reach: Reach::Unknown,
        place: place.clone(),
        excerpt: excerpt.clone(),
        symbol: String::new(),
        related: Vec::new(),
        notes: Vec::new(),
        fix: None,
        fingerprint: String::new(),
        silenced: None,
        rank: None,
    }
}

/// The head of [`SUPPRESS`], for titles and help.
pub fn head() -> Rule {
    let text = str::to_owned;
    Rule {
        id: RuleId::new(SUPPRESS),
        aliases: Vec::new(),
        title: text("suppression that does no good"),
        category: text("suppression"),
        tags: Vec::new(),
        severity: Severity::Low,
        languages: Vec::new(),
        keywords: Vec::new(),
        elsewhere: std::collections::BTreeMap::new(),
        effort: Effort::S,
        fix: None,
        metric: None,
        help: Help {
            what: text(
                "Every comment that allows a finding and every waiver in the settings: whether it names a rule that \
                 exists, gives a reason, still holds, and is needed.",
            ),
            why: text(
                "A suppression that nobody needs hides the next defect at the same place. One without a reason cannot \
                 be reviewed.",
            ),
            source: String::new(),
            example: text("# perfctl: allow NO-SUCH-RULE -- it is fine\n"),
            fix: text(
                "Remove what is not needed, or let `perfctl fix` do it. Write `perfctl: allow RULE-ID -- reason [until 2027-01-31]` at the first \
                 or last line of the statement, or directly above it. No other comment can allow what is said here.",
            ),
            false_alarms: text(
                "A suppression for a rule that was not run here is left alone, and so is one for a rule that could not \
                 see all it had to see.",
            ),
            measure: String::new(),
        },
        pack: text("perfctl"),
        layer: Layer::BuiltIn,
    }
}

#[cfg(test)]
mod tests;
