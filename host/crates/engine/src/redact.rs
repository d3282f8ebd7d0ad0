//! Keeps secrets out of everything that leaves the engine: raw, URL-encoded, base64 and JSON-escaped forms of the values
//! that the host names. Applied where things leave (events, artifacts, the record), so that no step has to remember.

use std::borrow::Cow;
use std::fmt::Write as _;

use aho_corasick::{AhoCorasick, MatchKind};
use perfctl_core::event::Event;
use perfctl_core::finding::{Finding, Silenced};
use perfctl_core::ids::StepId;
use perfctl_core::place::Excerpt;
use perfctl_core::run::{Artifact, Problem, RunRecord, StepRecord, StepStatus};
use perfctl_core::seams::Sink;
use perfctl_core::verdict::Verdict;

use crate::seams::ArtifactStore;

/// What stands in the place of a secret.
pub const MARK: &str = "[redacted]";

/// Shorter values are left alone: they would blot out ordinary text, and guessing them needs no log.
const SHORTEST: usize = 4;

/// Lines of a secret with several that are shorter may be anything.
const LONGEST_ORDINARY: usize = 12;

/// Knows the secrets of a run in all the forms in which tools print them.
#[derive(Clone, Default)]
pub struct Redactor {
    forms: Option<AhoCorasick>,
    /// The same as texts.
    written: Vec<String>,
    /// Whole values of parameters, and what is written in their place.
    masks: Vec<(String, String)>,
}

impl Redactor {
    /// A redactor for these values. Values under four bytes are left alone.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut forms: Vec<String> = secrets
            .into_iter()
            .filter(|secret| secret.len() >= SHORTEST)
            .flat_map(forms_of)
            .collect();
        forms.sort();
        forms.dedup();
        if forms.is_empty() {
            return Self::default();
        }
        let built = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&forms)
            .expect("building fails only for patterns of gigabytes, and going on without would print secrets");
        Self {
            forms: Some(built),
            written: forms,
            masks: Vec::new(),
        }
    }

    /// The same, which also writes the second of each pair where the first was given as a parameter or an argument. In other
    /// text it stays.
    #[must_use]
    pub fn masking(self, masks: Vec<(String, String)>) -> Self {
        Self { masks, ..self }
    }

    /// `text` without secrets.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.bytes(text.as_bytes()) {
            Cow::Borrowed(_) => Cow::Borrowed(text),
            // Forms are text, and a match of a text within a text begins and ends between characters.
            Cow::Owned(clean) => Cow::Owned(String::from_utf8_lossy(&clean).into_owned()),
        }
    }

    /// `bytes` without secrets, also those that a line break divides, as `base64` and mail wrap them.
    pub fn bytes<'t>(&self, bytes: &'t [u8]) -> Cow<'t, [u8]> {
        let Some(forms) = &self.forms else {
            return Cow::Borrowed(bytes);
        };
        let mut clean = Cow::Borrowed(bytes);
        if forms.is_match(bytes) {
            let mut whole = Vec::with_capacity(bytes.len());
            forms.replace_all_with_bytes(bytes, &mut whole, |_, _, into| {
                into.extend_from_slice(MARK.as_bytes());
                true
            });
            clean = Cow::Owned(whole);
        }
        match divided(forms, &clean) {
            spans if spans.is_empty() => clean,
            spans => {
                let mut joined = Vec::with_capacity(clean.len());
                let mut done = 0;
                for (start, end) in spans {
                    joined.extend_from_slice(&clean[done..start]);
                    joined.extend_from_slice(MARK.as_bytes());
                    done = end;
                }
                joined.extend_from_slice(&clean[done..]);
                Cow::Owned(joined)
            }
        }
    }

    /// `bytes` without the beginning of a secret with which they end, of which the rest was not kept.
    pub fn without_begun<'t>(&self, bytes: &'t [u8]) -> Cow<'t, [u8]> {
        let longest = self.written.iter().map(String::len).max().unwrap_or(0);
        let kept = (0..bytes.len()).rev().filter(|at| !is_break(bytes[*at]));
        let mut places: Vec<usize> = kept.take(longest).collect();
        places.reverse();
        let end: Vec<u8> = places.iter().map(|at| bytes[*at]).collect();
        let begins = |at: &usize| {
            let part = &end[*at..];
            let mut forms = self.written.iter().map(|form| form.as_bytes());
            forms.any(|form| form.len() > part.len() && form.starts_with(part))
        };
        // A few letters tell nobody anything, and many words end so.
        let telling = 0..(end.len() + 1).saturating_sub(SHORTEST);
        match telling.into_iter().find(begins) {
            Some(first) => Cow::Owned([&bytes[..places[first]], MARK.as_bytes()].concat()),
            None => Cow::Borrowed(bytes),
        }
    }

    /// The record without secrets. A fix whose text holds a secret is dropped: writing the mark would break the code.
    pub fn record(&self, mut record: RunRecord) -> RunRecord {
        if self.forms.is_none() && self.masks.is_empty() {
            return record;
        }
        record
            .params
            .values_mut()
            .for_each(|value| self.given(value));
        record.steps.iter_mut().for_each(|step| self.step(step));
        record
            .findings
            .iter_mut()
            .for_each(|finding| self.finding(finding));
        record
            .problems
            .iter_mut()
            .for_each(|problem| self.problem(problem));
        record.notes.iter_mut().for_each(|note| self.clean(note));
        for item in &mut record.items {
            if let Verdict::NotApplicable(why)
            | Verdict::NeedsEvidence(why)
            | Verdict::Attested(why)
            | Verdict::Waived(why)
            | Verdict::Error(why) = &mut item.verdict
            {
                self.clean(why);
            }
        }
        for metric in &mut record.metrics {
            metric
                .labels
                .values_mut()
                .for_each(|label| self.clean(label));
        }
        for outcome in &mut record.budgets {
            outcome
                .series
                .values_mut()
                .for_each(|label| self.clean(label));
            if let perfctl_core::budget::BudgetVerdict::NoData(why) = &mut outcome.verdict {
                self.clean(why);
            }
        }
        self.clean(&mut record.source.origin);
        record
            .source
            .remote
            .iter_mut()
            .for_each(|remote| self.clean(remote));
        record
            .environment
            .tools
            .values_mut()
            .for_each(|version| self.clean(version));
        record
    }

    fn clean(&self, text: &mut String) {
        if let Cow::Owned(clean) = self.text(text) {
            *text = clean;
        }
    }

    /// A parameter, or an argument in which one may stand.
    fn given(&self, text: &mut String) {
        for (value, masked) in &self.masks {
            if text.contains(value) {
                *text = text.replace(value, masked);
            }
        }
        self.clean(text);
    }

    fn step(&self, step: &mut StepRecord) {
        self.status(&mut step.status);
        step.argv
            .iter_mut()
            .for_each(|argument| self.given(argument));
        let said = step.notes.iter_mut().chain(&mut step.last_lines);
        said.for_each(|line| self.clean(line));
        self.clean(&mut step.sandbox);
    }

    fn status(&self, status: &mut StepStatus) {
        if let StepStatus::Skipped(why) | StepStatus::NeedsEvidence(why) | StepStatus::Failed(why) =
            status
        {
            self.clean(why);
        }
    }

    fn problem(&self, problem: &mut Problem) {
        self.clean(&mut problem.subject);
        self.clean(&mut problem.message);
    }

    fn excerpt(&self, excerpt: &mut Excerpt) {
        self.clean(&mut excerpt.text);
    }

    fn finding(&self, finding: &mut Finding) {
        self.clean(&mut finding.message);
        self.excerpt(&mut finding.excerpt);
        finding
            .notes
            .iter_mut()
            .for_each(|(_, note)| self.clean(note));
        for related in &mut finding.related {
            self.clean(&mut related.message);
            self.excerpt(&mut related.excerpt);
        }
        if let Some(Silenced::Comment(why) | Silenced::Waiver(why)) = &mut finding.silenced {
            self.clean(why);
        }
        let held = |text: &str| matches!(self.text(text), Cow::Owned(_));
        if let Some(fix) = &finding.fix
            && (held(&fix.diff) || fix.edits.iter().any(|edit| held(&edit.text)))
        {
            finding.fix = None;
        }
    }
}

/// A sink that passes events on without secrets.
pub struct RedactingSink<'a> {
    /// Where events go.
    pub sink: &'a dyn Sink,
    /// What must not pass.
    pub redactor: &'a Redactor,
}

impl Sink for RedactingSink<'_> {
    fn event(&self, mut event: Event) {
        match &mut event {
            Event::StepEnded {
                status, last_lines, ..
            } => {
                self.redactor.status(status);
                last_lines
                    .iter_mut()
                    .for_each(|line| self.redactor.clean(line));
            }
            Event::Found(finding) => self.redactor.finding(finding),
            Event::Trouble(problem) => self.redactor.problem(problem),
            Event::Note(note) => self.redactor.clean(note),
            _ => {}
        }
        self.sink.event(event);
    }
}

/// A store that keeps artifacts without secrets.
pub(crate) struct RedactingStore<'a> {
    pub(crate) store: &'a dyn ArtifactStore,
    pub(crate) redactor: &'a Redactor,
}

impl ArtifactStore for RedactingStore<'_> {
    fn put(&self, step: &StepId, name: &str, what: &str, bytes: &[u8]) -> Result<Artifact, String> {
        self.store
            .put(step, name, what, &self.redactor.bytes(bytes))
            .map_err(|why| self.redactor.text(&why).into_owned())
    }
}

/// Bytes between line breaks that are looked at together, beside the length of the longest form.
const WINDOW: usize = 64 << 10;

/// Where secrets lie that line breaks divide, in order: the text is looked at as if it had none.
fn divided(forms: &AhoCorasick, bytes: &[u8]) -> Vec<(usize, usize)> {
    if !bytes.iter().copied().any(is_break) {
        return Vec::new();
    }
    Joined::default().divided(forms, bytes, WINDOW)
}

fn is_break(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

/// A window of a text without its line breaks. The whole text would take nine times its size.
#[derive(Default)]
struct Joined {
    bytes: Vec<u8>,
    /// Where each of them stands in the text.
    places: Vec<usize>,
}

impl Joined {
    fn divided(&mut self, forms: &AhoCorasick, bytes: &[u8], window: usize) -> Vec<(usize, usize)> {
        let mut spans = Vec::new();
        let mut from = 0;
        while from < bytes.len() {
            self.fill(bytes, from, window + forms.max_pattern_len());
            // What begins within the window ends within what was filled; what begins later is the next one's.
            let mut done = window.min(self.bytes.len());
            for found in forms.find_iter(&self.bytes) {
                if found.start() >= window {
                    break;
                }
                done = done.max(found.end());
                let span = (self.places[found.start()], self.places[found.end() - 1] + 1);
                if bytes[span.0..span.1].iter().copied().any(is_break) {
                    spans.push(span);
                }
            }
            from = self.places.get(done).copied().unwrap_or(bytes.len());
        }
        spans
    }

    /// Takes up to `most` bytes of the text from `from`.
    fn fill(&mut self, bytes: &[u8], from: usize, most: usize) {
        self.bytes.clear();
        self.places.clear();
        let kept = (from..bytes.len()).filter(|at| !is_break(bytes[*at]));
        for at in kept.take(most) {
            self.bytes.push(bytes[at]);
            self.places.push(at);
        }
    }
}

/// Every form in which `secret` may appear in an output.
fn forms_of(secret: &str) -> Vec<String> {
    let mut forms = vec![secret.to_owned()];
    if secret.contains('\n') {
        // A key of several lines is printed with an indentation of its own, or one line of it.
        forms.push(secret.replace(['\n', '\r'], ""));
        forms.extend(
            secret
                .lines()
                .map(|line| line.trim().to_owned())
                .filter(|line| line.len() >= LONGEST_ORDINARY && !line.starts_with("-----")),
        );
    }
    let encoded = percent(secret);
    forms.push(encoded.replace("%20", "+"));
    forms.push(lower_escapes(&encoded));
    forms.push(encoded);
    forms.push(json_escaped(secret));
    for url_safe in [false, true] {
        forms.push(base64(secret.as_bytes(), url_safe));
        forms.extend(inner_base64(secret.as_bytes(), url_safe));
    }
    // Short forms, such as the inner base64 of a short secret, would blot out ordinary text.
    forms.retain(|form| form.len() >= SHORTEST);
    forms
}

/// Percent-encoding of everything but RFC 3986's unreserved characters.
fn percent(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The same encoding with lower-case hexadecimal digits, as some libraries write it.
fn lower_escapes(encoded: &str) -> String {
    let mut escape = 0;
    encoded
        .chars()
        .map(|c| {
            if c == '%' {
                escape = 2;
                return c;
            }
            let inside = escape > 0;
            escape -= i32::from(inside);
            if inside { c.to_ascii_lowercase() } else { c }
        })
        .collect()
}

fn json_escaped(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut escaped, c| {
            match c {
                '"' | '\\' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                '\r' => escaped.push_str("\\r"),
                '\t' => escaped.push_str("\\t"),
                _ => escaped.push(c),
            }
            escaped
        })
}

/// The characters that `bytes` certainly yields inside a longer base64 text, for each of the three alignments: what
/// stays of `user:secret` in an `Authorization` header.
fn inner_base64(bytes: &[u8], url_safe: bool) -> Vec<String> {
    (0..3)
        .map(|shift| {
            let padded: Vec<u8> = std::iter::repeat_n(0, shift)
                .chain(bytes.iter().copied())
                .collect();
            let whole = base64(&padded, url_safe);
            // The first characters mix with what stands before, the last with what follows.
            let first = (shift * 8).div_ceil(6);
            let last = padded.len() * 8 / 6;
            whole[first.min(last)..last].to_owned()
        })
        .collect()
}

/// Base64 of `bytes` (RFC 4648), padded; with `-` and `_` when `url_safe`.
pub(crate) fn base64(bytes: &[u8], url_safe: bool) -> String {
    const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let alphabet = if url_safe { URL_SAFE } else { STANDARD };
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .fold(0_u32, |group, byte| group << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for at in 0..4 {
            if at <= chunk.len() {
                text.push(char::from(alphabet[(group >> (18 - 6 * at)) as usize & 63]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests;
