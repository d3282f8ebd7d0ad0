//! Round after round: the fixes that go together are made in memory, the repository is scanned with them, and only what then proves
//! right is kept.

mod foresight;

use std::collections::BTreeSet;

use perfctl_core::finding::Finding;
use perfctl_core::fix::{Fix, Safety};

use crate::plan::plan;
use crate::state::{State, edits_of};
use crate::verify::{Complaint, complaints, start_then};
use crate::{
    Along, Applied, Foresight, Outcome, Progress, Repository, Scan, Stopped, Terms, Texts, Why,
};

/// Most rounds. Fixes that had no turn by then, or none since others were made, are left for another run.
pub const MOST_ROUNDS: usize = 10;

/// A wanted finding that is still there.
#[derive(Clone)]
struct Pending {
    /// Its position among the findings of the first scan.
    origin: usize,
    /// Its position among those of the latest.
    at: usize,
    /// Why its fix was refused, and how many rounds had changed something by then: it is tried again once another one has.
    refused: Option<(Why, usize)>,
}

/// Fixes `wanted` findings of the scan `first`, which are positions in it, as far as the `terms` permit.
///
/// # Errors
/// When the user asked to stop before all that is to be made was proven: then nothing is to be changed. Who stops the foresight
/// loses only that.
pub fn fix(
    repository: &dyn Repository,
    first: &Scan,
    wanted: &[usize],
    terms: Terms,
) -> Result<Outcome, Stopped> {
    let mut work = Work {
        state: State::new(repository),
        repository,
        terms,
        scan: first.clone(),
        pending: wanted
            .iter()
            .map(|at| Pending {
                origin: *at,
                at: *at,
                refused: None,
            })
            .collect(),
        outcome: Outcome::default(),
    };
    work.rounds()?;
    let mut outcome = work.end();
    let is_for_unsafe = |(_, why): &(usize, Why)| why.is_for_unsafe();
    if terms.foresee && terms.permitted == Safety::Safe && outcome.left.iter().any(is_for_unsafe) {
        repository.heard(Progress::Foreseeing);
        let unkept = foresight::Unkept(repository);
        work.repository = &unkept;
        work.terms.permitted = Safety::Unsafe;
        outcome.foresight = match work.rounds() {
            Ok(()) => Foresight::Mends(foresight::tell(&mut outcome.left, &work.end())),
            Err(Stopped) => Foresight::Cut,
        };
    }
    Ok(outcome)
}

struct Work<'r> {
    state: State<'r>,
    repository: &'r dyn Repository,
    terms: Terms,
    /// What the rules say of the files as they are now.
    scan: Scan,
    pending: Vec<Pending>,
    outcome: Outcome,
}

/// What a trial comes to, or what is wrong with it.
type Trial = Result<(Texts, Scan), Vec<Complaint>>;

/// The fixes of a round that proved right so far, by position among those pending, with what they come to.
struct Proven {
    group: Vec<usize>,
    state: Option<(Texts, Scan)>,
}

impl Work<'_> {
    /// Makes what the terms permit, until nothing is left to try.
    fn rounds(&mut self) -> Result<(), Stopped> {
        for round in 1..=MOST_ROUNDS {
            if !self.round(round)? {
                break;
            }
        }
        Ok(())
    }

    /// The fix of a pending finding, if it is there and may be made.
    fn fix_of(&self, pending: &Pending) -> Result<&Fix, Why> {
        let finding = &self.scan.findings[pending.at];
        let fix = finding.fix.as_ref();
        let fix = fix.filter(|fix| !fix.edits.is_empty()).ok_or(Why::NoFix)?;
        // A rule that could not look everywhere proves nothing by its silence.
        if self.scan.broken.contains(&finding.rule) {
            return Err(Why::Unproven(finding.rule.clone()));
        }
        let permitted = self.terms.permitted;
        match fix.safety {
            Safety::Safe if permitted == Safety::Safe => match self.state.unread(fix) {
                Some(path) => Err(Why::Unchecked(path)),
                None => Ok(fix),
            },
            safety if safety >= permitted => Ok(fix),
            Safety::DisplayOnly => Err(Why::ShownOnly),
            _ => Err(Why::Unsafe),
        }
    }

    /// Makes what can be made at once. The answer is whether anything was tried.
    fn round(&mut self, round: usize) -> Result<bool, Stopped> {
        let changes = self.outcome.rounds;
        let (mut candidates, mut again) = (Vec::new(), Vec::new());
        for at in 0..self.pending.len() {
            let one = &self.pending[at];
            let Ok(fix) = self.fix_of(one) else { continue };
            match (&one.refused, self.state.refuses(fix)) {
                (Some((_, then)), _) if *then >= changes => {}
                (_, Some(why)) => self.pending[at].refused = Some((why, usize::MAX)),
                (Some(_), None) => again.push(at),
                (None, None) => candidates.push(at),
            }
        }
        // What was refused has another turn when all others have had theirs: each trial of it costs a scan.
        if candidates.is_empty() {
            candidates = again;
        }
        let fixes: Vec<&Fix> = candidates
            .iter()
            .filter_map(|at| self.fix_of(&self.pending[*at]).ok())
            .collect();
        let group: Vec<usize> = plan(&fixes, |path| self.state.whole(path))
            .into_iter()
            .map(|at| candidates[at])
            .collect();
        tracing::debug!(
            round,
            fixes = group.len(),
            waiting = candidates.len() - group.len(),
            "planned"
        );
        if group.is_empty() {
            return Ok(false);
        }
        let mut proven = Proven {
            group: Vec::new(),
            state: None,
        };
        self.absorb(&mut proven, group, round)?;
        if let Some((texts, scan)) = proven.state {
            self.keep(round, &proven.group, texts, scan);
        }
        // What waited for one that was refused has its turn next.
        Ok(true)
    }

    /// Takes of `group` what proves right together with what is `proven`; the rest is refused, each fix on its own account.
    fn absorb(
        &mut self,
        proven: &mut Proven,
        group: Vec<usize>,
        round: usize,
    ) -> Result<(), Stopped> {
        if group.is_empty() {
            return Ok(());
        }
        self.repository.heard(Progress::Trying {
            round,
            fixes: group.len(),
        });
        let together: Vec<usize> = proven.group.iter().chain(&group).copied().collect();
        let blamed = match self.attempt(&together)? {
            Ok(state) => {
                self.repository.proved();
                proven.group = together;
                proven.state = Some(state);
                return Ok(());
            }
            Err(blamed) => blamed,
        };
        tracing::debug!(round, fixes = group.len(), ?blamed, "something is wrong");
        if let [one] = group.as_slice() {
            let why = blamed
                .into_iter()
                .next()
                .map_or(Why::NotGone, |blame| blame.why);
            self.pending[*one].refused = Some((why, self.outcome.rounds));
            return Ok(());
        }
        // What does not mend its own finding does so with others and without them.
        let mut suspects = BTreeSet::new();
        let mut useless = BTreeSet::new();
        for blame in blamed {
            let is_one = blame.suspects.len() == 1;
            let own = blame.suspects.into_iter().filter(|fix| group.contains(fix));
            match blame.why {
                Why::NotGone if is_one => {
                    for fix in own {
                        self.pending[fix].refused = Some((Why::NotGone, self.outcome.rounds));
                        useless.insert(fix);
                    }
                }
                _ => suspects.extend(own),
            }
        }
        let rest = group.into_iter().filter(|fix| !useless.contains(fix));
        let (doubtful, mut good): (Vec<usize>, Vec<usize>) =
            rest.partition(|fix| suspects.contains(fix));
        if useless.is_empty() && (doubtful.is_empty() || good.is_empty()) {
            good.extend(doubtful);
            let half = good.split_off(good.len() / 2);
            self.absorb(proven, good, round)?;
            return self.absorb(proven, half, round);
        }
        self.absorb(proven, good, round)?;
        self.absorb(proven, doubtful, round)
    }

    /// Makes the fixes of a group and scans. Suspects of what is wrong then are positions among those pending.
    fn attempt(&self, group: &[usize]) -> Result<Trial, Stopped> {
        let fixes: Vec<&Fix> = group
            .iter()
            .filter_map(|at| self.fix_of(&self.pending[*at]).ok())
            .collect();
        let edits = edits_of(&fixes);
        let texts = match self.state.with(&edits) {
            Ok(texts) => texts,
            Err((path, why)) => {
                let touches = |at: &&usize| {
                    let fix = self.fix_of(&self.pending[**at]);
                    fix.is_ok_and(|fix| fix.edits.iter().any(|edit| edit.path == path))
                };
                let suspects = group.iter().filter(touches).copied().collect();
                return Ok(Err(vec![Complaint { suspects, why }]));
            }
        };
        let overlay = self.state.overlay(&texts);
        let mut scan = self.repository.scan(&overlay)?;
        if !scan.broken.is_subset(&self.scan.broken) {
            // It may have been the machine that was slow, and not the change.
            scan = self.repository.scan(&overlay)?;
        }
        let fixed: Vec<usize> = group.iter().map(|at| self.pending[*at].at).collect();
        let mut wrong = complaints(&self.scan.findings, &scan.findings, &fixed, &edits);
        // What a rule that broke would have found before, nobody knows.
        let is_known = |why: &Why| match why {
            Why::Brings(rule, _) => !self.scan.broken.contains(rule),
            _ => true,
        };
        wrong.retain(|complaint| is_known(&complaint.why));
        for complaint in &mut wrong {
            let of = |finding: &usize| fixed.iter().position(|one| one == finding);
            let own = complaint.suspects.iter().filter_map(of);
            complaint.suspects = own.map(|at| group[at]).collect();
        }
        let broke = scan.broken.difference(&self.scan.broken);
        wrong.extend(broke.map(|rule| Complaint {
            suspects: Vec::new(),
            why: Why::BreaksRule(rule.clone()),
        }));
        Ok(match wrong.is_empty() {
            true => Ok((texts, scan)),
            false => Err(wrong),
        })
    }

    /// Makes a proven group the state of things, and finds the pending findings again that it leaves.
    fn keep(&mut self, round: usize, group: &[usize], texts: Texts, scan: Scan) {
        let fixes: Vec<&Fix> = group
            .iter()
            .filter_map(|at| self.fix_of(&self.pending[*at]).ok())
            .collect();
        let edits = edits_of(&fixes);
        let starts: Vec<u32> = self
            .scan
            .findings
            .iter()
            .map(|finding| start_then(finding, &edits))
            .collect();
        let applied: Vec<Applied> = group
            .iter()
            .zip(&fixes)
            .map(|(at, fix)| Applied {
                finding: self.pending[*at].origin,
                title: fix.title.clone(),
                safety: fix.safety,
                paths: fix.edits.iter().map(|edit| edit.path.clone()).collect(),
                round,
            })
            .collect();
        self.outcome.applied.extend(applied);
        self.outcome.rounds += 1;
        let fixed: BTreeSet<usize> = group.iter().map(|at| self.pending[*at].at).collect();
        let then = found_again(&self.scan.findings, &starts, &fixed, &scan.findings);
        let mut at = 0;
        let outcome = &mut self.outcome;
        // The files whose changes a finding changed with: its own where that is another now, else all that are.
        let with = |finding: &Finding| match texts.contains_key(&finding.place.path) {
            true => BTreeSet::from([finding.place.path.clone()]),
            false => texts.keys().cloned().collect(),
        };
        self.pending.retain_mut(|pending| {
            let is_fixed = group.contains(&at);
            at += 1;
            let finding = &self.scan.findings[pending.at];
            let along = || Along {
                finding: pending.origin,
                paths: with(finding),
            };
            match then[pending.at] {
                _ if is_fixed => false,
                // What a check would not count is not mended either.
                Some(now) if scan.findings[now].confidence < self.terms.least => {
                    outcome.doubted.push(along());
                    false
                }
                Some(now) => {
                    pending.at = now;
                    true
                }
                None if scan.broken.contains(&finding.rule) => {
                    let why = Why::Unproven(finding.rule.clone());
                    outcome.left.push((pending.origin, why));
                    false
                }
                None => {
                    outcome.went_along.push(along());
                    false
                }
            }
        });
        self.state.keep(texts);
        self.scan = scan;
    }

    fn end(&self) -> Outcome {
        let mut left = self.outcome.left.clone();
        left.extend(self.pending.iter().map(|pending| {
            let why = match (self.fix_of(pending), &pending.refused) {
                (Err(why), _) => why,
                (Ok(_), Some((why, then))) if *then >= self.outcome.rounds => why.clone(),
                (Ok(_), _) => Why::Crowded,
            };
            (pending.origin, why)
        }));
        left.sort();
        Outcome {
            files: self.state.changed(),
            left,
            last: self.scan.clone(),
            ..self.outcome.clone()
        }
    }
}

/// Where each finding of `before` is in `after`, if it is still there: by rule and place, which is `starts` then, else by rule, file
/// and order. Those that were fixed are not looked for.
fn found_again(
    before: &[Finding],
    starts: &[u32],
    fixed: &BTreeSet<usize>,
    after: &[Finding],
) -> Vec<Option<usize>> {
    let mut taken = vec![false; after.len()];
    let mut then = vec![None; before.len()];
    let is_same = |one: &Finding, other: &Finding| {
        one.rule == other.rule && one.place.path == other.place.path
    };
    for exactly in [true, false] {
        for (at, finding) in before.iter().enumerate() {
            if then[at].is_some() || fixed.contains(&at) {
                continue;
            }
            let fits = |now: &usize| {
                !taken[*now]
                    && is_same(finding, &after[*now])
                    && (!exactly || after[*now].place.span.start == starts[at])
            };
            let equal = |now: &usize| fits(now) && after[*now].message == finding.message;
            let found = (0..after.len())
                .find(equal)
                .or_else(|| (0..after.len()).find(fits));
            if let Some(now) = found {
                taken[now] = true;
                then[at] = Some(now);
            }
        }
    }
    then
}

#[cfg(test)]
mod tests;
