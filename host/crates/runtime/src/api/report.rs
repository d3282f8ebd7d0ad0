//! What a rule says: findings, checked before they are believed.

use perfctl_core::finding::Related;
use perfctl_core::fix::Fix;
use perfctl_core::place::{Excerpt, Place};
use perfctl_core::scale::{Confidence, Reach, Severity};

use super::fix::ToldFix;
use super::location::Location;
use super::refusal::{Answer, Refusal};

/// The most findings of one call of a rule. More is no help to anybody, and a rule that makes more is broken.
pub const MOST_FINDINGS: usize = 1000;

/// The longest message, in bytes.
pub const LONGEST: usize = 2048;

/// The most related places and notes of a finding.
pub const MOST_RELATED: usize = 16;

/// A finding as a rule tells it, nothing of it checked.
pub struct Told {
    /// Where.
    pub at: Location,
    /// One sentence about this place.
    pub message: String,
    /// Severity, where the rule judges this place otherwise than it says of itself.
    pub severity: Option<Severity>,
    /// Confidence; high unless said.
    pub confidence: Option<Confidence>,
    /// How the code runs; worked out from the place unless said.
    pub reach: Option<Reach>,
    /// Places that explain it, each with a message; the first [`MOST_RELATED`] count.
    pub related: Vec<(Location, String)>,
    /// Facts for the reader, by key; the first [`MOST_RELATED`] count.
    pub notes: Vec<(String, String)>,
    /// A ready change.
    pub fix: Option<ToldFix>,
}

/// A finding before the rule's own data is added.
#[derive(Clone, Debug)]
pub struct Draft {
    /// One sentence.
    pub message: String,
    /// Severity, when the script judged this place otherwise than its rule.
    pub severity: Option<Severity>,
    /// Confidence; high unless said.
    pub confidence: Confidence,
    /// How the code runs; worked out from the place unless said.
    pub reach: Reach,
    /// Where.
    pub place: Place,
    /// The code.
    pub excerpt: Excerpt,
    /// The function around.
    pub symbol: String,
    /// Further places.
    pub related: Vec<Related>,
    /// Further facts.
    pub notes: Vec<(String, String)>,
    /// A change.
    pub fix: Option<Fix>,
}

impl Draft {
    /// The bytes of its texts, and some for each of its parts.
    pub(crate) fn bytes(&self) -> usize {
        const PART: usize = 128;
        let related = self.related.iter();
        let related = related.map(|one| PART + one.message.len() + one.excerpt.text.len());
        let notes = self
            .notes
            .iter()
            .map(|(key, value)| key.len() + value.len());
        let fix = self.fix.iter().map(|fix| {
            let edits = fix.edits.iter().map(|edit| PART + edit.text.len());
            edits.sum::<usize>() + fix.title.len() + fix.diff.len()
        });
        let parts = related.chain(notes).chain(fix).sum::<usize>();
        let own = [&self.message, &self.excerpt.text, &self.symbol];
        2 * PART + own.map(String::len).iter().sum::<usize>() + parts
    }
}

impl Told {
    /// The finding, with what follows from its place.
    ///
    /// # Errors
    /// When the place is not inside its file, or the fix is none.
    pub fn draft(self) -> Answer<Draft> {
        let Location { file, span, node } = self.at.inside()?;
        let code = file.code().zip(file.repo()).zip(node);
        let reach = match (self.reach, &code) {
            (Some(reach), _) => reach,
            (None, Some(((code, repo), node))) => code.reach(repo, *node),
            (None, None) if file.dockerfile().is_some() => Reach::Build,
            (None, None) => Reach::Unknown,
        };
        let symbol = code.as_ref().map_or(String::new(), |((code, repo), node)| {
            code.symbol(repo, *node)
        });
        let related = self.related.into_iter().take(MOST_RELATED);
        let notes = self.notes.iter().take(MOST_RELATED);
        let mut notes: Vec<_> = notes
            .map(|(key, value)| (clean(key), clean(value)))
            .collect();
        notes.sort();
        Ok(Draft {
            message: clean(&self.message),
            severity: self.severity,
            confidence: self.confidence.unwrap_or(Confidence::High),
            reach,
            place: file.place(span),
            excerpt: file.excerpt(span, 1, 12),
            symbol,
            related: related
                .map(|(at, message)| explains(&at, &message))
                .collect(),
            notes,
            fix: self.fix.map(ToldFix::checked).transpose()?,
        })
    }
}

fn explains(at: &Location, message: &str) -> Related {
    Related {
        message: clean(message),
        place: at.file.place(at.span),
        excerpt: at.file.excerpt(at.span, 0, 3),
    }
}

/// Whether a character is not seen, and changes how others are: marks of direction, spaces without width.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

/// A text cut to a sane length, line ends read as blanks, control characters and others that are not seen made visible.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST));
    for c in text.chars() {
        if out.len() >= LONGEST {
            out.push_str(" ...");
            break;
        }
        match c {
            '\n' => out.push(' '),
            c if c.is_control() || is_unseen(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// The findings of one call of a rule.
#[derive(Debug, Default)]
pub struct Findings {
    drafts: Vec<Draft>,
}

impl Findings {
    /// Refuses a call that has reported as much as it may already. [`Findings::add`] asks as well; who reads a finding from something that
    /// could be long asks before.
    ///
    /// # Errors
    /// When it has.
    pub fn check_room(&self) -> Answer<()> {
        match self.drafts.len() >= MOST_FINDINGS {
            true => Err(Refusal::new(format!(
                "more than {MOST_FINDINGS} findings in one call"
            ))),
            false => Ok(()),
        }
    }

    /// Adds what a rule tells.
    ///
    /// # Errors
    /// When it cannot be believed, or is too much.
    pub fn add(&mut self, told: Told) -> Answer<()> {
        self.check_room()?;
        self.drafts.push(told.draft()?);
        Ok(())
    }

    /// What was told.
    pub fn into_drafts(self) -> Vec<Draft> {
        self.drafts
    }
}
