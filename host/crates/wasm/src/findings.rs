//! What a plugin hands back, checked before it is believed.

use perfctl_core::fix::Safety;
use perfctl_core::message::Message;
use perfctl_core::scale::{Confidence, Reach, Severity};
use perfctl_runtime::api::{
    Answer, Draft, Findings, MOST_FINDINGS, MOST_RELATED, Put, Refusal, Told, ToldEdit, ToldFix,
};

use crate::bindings::exports::perfctl::plugin::rules;
use crate::deadline::{Deadline, Late};
use crate::things::Things;

/// The most edits of all fixes of a call, and the longest of their texts, in bytes.
const MOST_EDITS: usize = 4000;
const LONGEST_EDIT: usize = 256 << 10;

/// Numbers of a row.
const STRIDE: usize = 6;

/// Whether nothing was handed back at all: lists that hold nothing and have no room that would have to be freed.
#[inline]
pub(crate) fn are_none(told: &rules::Findings) -> bool {
    told.rows.capacity() == 0
        && told.texts.capacity() == 0
        && told.related.capacity() == 0
        && told.notes.capacity() == 0
        && told.fixes.capacity() == 0
}

/// The findings of one call of the rule whose messages these are.
///
/// # Errors
/// What is wrong with them, for the plugin's author. Half of them would be worse than none.
pub(crate) fn drafts(
    told: rules::Findings,
    things: &Things,
    messages: &[Message],
    deadline: &Deadline,
) -> Result<Vec<Draft>, wasmtime::Error> {
    let edits: usize = told.fixes.iter().map(|fix| fix.edits.len()).sum();
    if edits > MOST_EDITS {
        return Err(Refusal::new(format!("more than {MOST_EDITS} edits in one call")).into());
    }
    let mut pieces = pieces(told.rows, told.texts, things, messages)?;
    let count = pieces.len();
    let of = |row: u32, what: &str| -> Answer<usize> {
        let at = row as usize;
        match at < count {
            true => Ok(at),
            false => Err(Refusal::new(format!(
                "{what} belongs to finding {row}, but there are {count}"
            ))),
        }
    };
    for related in told.related {
        let at = of(related.finding, "a related place")?;
        let list = &mut pieces[at].related;
        if list.len() < MOST_RELATED {
            list.push((things.place(related.at)?, related.message));
        }
    }
    for note in told.notes {
        let at = of(note.finding, "a note")?;
        let list = &mut pieces[at].notes;
        if list.len() < MOST_RELATED {
            list.push((note.key, note.value));
        }
    }
    for fix in told.fixes {
        let at = of(fix.finding, "a fix")?;
        if pieces[at].fix.is_some() {
            return Err(Refusal::new(format!("finding {at} has two fixes")).into());
        }
        pieces[at].fix = Some(self::fix(fix, things)?);
    }
    let mut findings = Findings::default();
    for piece in pieces {
        // A fix is compared with the whole of each file that it changes.
        if deadline.is_over() {
            return Err(Late.into());
        }
        findings.add(piece)?;
    }
    Ok(findings.into_drafts())
}

/// The findings by themselves, without what explains them.
fn pieces(
    rows: Vec<u32>,
    texts: Vec<String>,
    things: &Things,
    messages: &[Message],
) -> Answer<Vec<Told>> {
    let (rows, rest) = rows.as_chunks::<STRIDE>();
    if !rest.is_empty() {
        return Err(Refusal::new(format!(
            "rows of findings have {STRIDE} numbers each: {} are left over",
            rest.len()
        )));
    }
    if rows.len() > MOST_FINDINGS {
        return Err(Refusal::new(format!(
            "more than {MOST_FINDINGS} findings in one call"
        )));
    }
    let mut texts = texts.into_iter();
    let mut all = Vec::with_capacity(rows.len());
    for [place, message, severity, confidence, reach, count] in rows {
        let known = messages.get(*message as usize).ok_or_else(|| {
            Refusal::new(format!(
                "a finding says message {message}, but `[messages]` of its rule.toml holds {}",
                messages.len()
            ))
        })?;
        let wanted = known.parameters().len();
        if *count as usize != wanted {
            return Err(Refusal::new(format!(
                "message `{}` takes {wanted} texts, not {count}",
                known.id()
            )));
        }
        let given: Vec<String> = texts.by_ref().take(wanted).collect();
        if given.len() < wanted {
            return Err(Refusal::new("there are fewer texts than the rows say"));
        }
        all.push(Told {
            at: things.place(*place)?,
            message: known.fill(&given),
            severity: self::severity(*severity)?,
            confidence: self::confidence(*confidence)?,
            reach: self::reach(*reach)?,
            related: Vec::new(),
            notes: Vec::new(),
            fix: None,
        });
    }
    match texts.next() {
        None => Ok(all),
        Some(_) => Err(Refusal::new("there are more texts than the rows say")),
    }
}

fn unknown(what: &str, number: u32) -> Refusal {
    Refusal::new(format!("{number} is no {what}"))
}

fn severity(number: u32) -> Answer<Option<Severity>> {
    Ok(Some(match number {
        0 => return Ok(None),
        1 => Severity::Low,
        2 => Severity::Medium,
        3 => Severity::High,
        4 => Severity::Critical,
        other => return Err(unknown("severity", other)),
    }))
}

fn confidence(number: u32) -> Answer<Option<Confidence>> {
    Ok(Some(match number {
        0 => return Ok(None),
        1 => Confidence::Low,
        2 => Confidence::Medium,
        3 => Confidence::High,
        other => return Err(unknown("confidence", other)),
    }))
}

fn reach(number: u32) -> Answer<Option<Reach>> {
    Ok(Some(match number {
        0 => return Ok(None),
        1 => Reach::Request,
        2 => Reach::Worker,
        3 => Reach::Startup,
        4 => Reach::Build,
        5 => Reach::Unknown,
        6 => Reach::Script,
        7 => Reach::Test,
        other => return Err(unknown("way for code to run", other)),
    }))
}

fn fix(fix: rules::Fix, things: &Things) -> Answer<ToldFix> {
    let safety = match fix.safety {
        0 => Safety::DisplayOnly,
        1 => Safety::Unsafe,
        2 => Safety::Safe,
        other => return Err(unknown("class of a fix", other.into())),
    };
    ToldFix::check_edits(fix.edits.len())?;
    let edits = fix.edits.into_iter().map(|edit| {
        if edit.text.len() > LONGEST_EDIT {
            return Err(Refusal::new(format!(
                "an edit writes more than {} KiB",
                LONGEST_EDIT >> 10
            )));
        }
        Ok(ToldEdit {
            at: things.place(edit.at)?,
            put: match edit.how {
                0 => Put::InPlace,
                1 => Put::Before,
                2 => Put::Behind,
                other => return Err(unknown("way to put a text", other.into())),
            },
            text: edit.text,
        })
    });
    Ok(ToldFix {
        title: fix.title,
        safety: Some(safety),
        edits: edits.collect::<Answer<_>>()?,
    })
}

#[cfg(test)]
mod tests;
