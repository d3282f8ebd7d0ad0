//! `perfctl attest`: a person answers for what no program can see.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use perfctl_core::ids::RuleId;
use perfctl_core::seams::Silence;
use perfctl_core::verdict::{Item, Verdict};
use perfctl_wire::attestations::{self, Attestation};
use perfctl_wire::day::Day;
use perfctl_wire::table::nearest;
use perfctl_workspace::checkout::author;
use perfctl_workspace::temp::RunDirectory;

use super::check::command_layer;
use crate::adapters::rules::Rules;
use crate::cli::GlobalArgs;
use crate::clock;
use crate::error::{Answer, CommandError, Exit};
use crate::files::{link_within, write_whole};
use crate::interrupt::Interrupt;
use crate::own::{self, ATTESTATIONS, OWN};
use crate::rules_only::{Look, rules_only};
use crate::session::{self, Session, relative, repository_root};
use crate::settings::{Repository, file_of, has_own, is_there};
use crate::ui::Ui;

/// How long a signature holds unless it says otherwise, in days: a quarter, after which a service is another one.
const USUAL: u32 = 90;

const EXAMPLES: &str = "\
Examples:
  perfctl attest ORG-001 --evidence https://wiki.example.com/load --until 2027-01-31
  perfctl attest ORG-001 --evidence docs/load.md --reason measured
  perfctl attest --list                           what is signed, about to expire, expired
  perfctl attest --remove ORG-001";

/// Signs for a checklist item that no program can decide, in `.perfctl/attestations.toml`: its verdict is `attested` until the
/// signature ends, instead of `needs-evidence`. What a rule found or a budget broke stays as it is.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AttestArgs {
    /// The item: a rule or an item of a recipe, by id or alias
    #[arg(value_name = "ID", required_unless_present_any = ["list", "remove"])]
    id: Option<String>,
    /// What was looked at: a link, or a file of the repository
    #[arg(long, value_name = "URL|PATH", required_unless_present_any = ["list", "remove"], value_hint = ValueHint::AnyPath)]
    evidence: Option<String>,
    /// Who answers for it; git's user.name and user.email unless given
    #[arg(long, value_name = "WHO")]
    who: Option<String>,
    /// The last day on which it holds, as 2027-01-31; 90 days from now unless given
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// What is attested, in a few words
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// The repository; the one around the current directory unless given
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    repo: Option<PathBuf>,
    /// List what is signed
    #[arg(long, conflicts_with_all = ["id", "evidence", "who", "until", "reason", "remove"])]
    list: bool,
    /// Take the signatures of an item out
    #[arg(long, value_name = "ID", conflicts_with_all = ["id", "evidence", "who", "until", "reason"])]
    remove: Option<String>,
}

/// The file of signatures of one repository.
struct Signed {
    root: PathBuf,
    file: PathBuf,
    text: String,
    all: Vec<Attestation>,
}

impl Signed {
    /// As messages call it.
    const SHOWN: &str = ".perfctl/attestations.toml";

    fn open(root: PathBuf) -> Result<Self, CommandError> {
        let file = root.join(OWN).join(ATTESTATIONS);
        let text = own::text_in(&root, &file)?.unwrap_or_default();
        let all = match text.trim().is_empty() {
            true => Vec::new(),
            false => attestations::read(Self::SHOWN, &text)?,
        };
        Ok(Self {
            root,
            file,
            text,
            all,
        })
    }

    /// The file as it is now, and this process alone may change it until the lock is dropped: two that sign at once would each write
    /// what they read, and one signature would be lost.
    fn alone(root: PathBuf) -> Result<(File, Self), CommandError> {
        // The file itself is replaced by every write, and a lock on it would go with the old one.
        let cannot = |error: io::Error| {
            CommandError::usage(format!("cannot lock {}: {error}", root.display()))
        };
        let lock = File::open(&root).map_err(cannot)?;
        match lock.lock() {
            // Some network filesystems know no locks; there a signature is still better than none.
            Err(error) if error.kind() != io::ErrorKind::Interrupted => {}
            taken => taken.map_err(cannot)?,
        }
        Ok((lock, Self::open(root)?))
    }

    /// Writes the file, unless a part of the way to it within the root is a link: nobody but the repository's author knows where
    /// that leads.
    fn write(&self, text: &str) -> Result<(), CommandError> {
        if let Some(link) = link_within(&self.root, &self.file) {
            let shown = link.strip_prefix(&self.root).unwrap_or(&link);
            return Err(CommandError::usage(format!(
                "cannot write {}: {} is a link",
                Self::SHOWN,
                shown.display()
            ))
            .hint("signatures lie in the repository itself: put a directory and a file there"));
        }
        write_whole(&self.file, text.as_bytes()).map_err(|error| {
            CommandError::usage(format!("cannot write {}: {error}", self.file.display()))
        })
    }
}

/// Runs the command.
pub(crate) fn run(args: &AttestArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let named = args.repo.as_deref().unwrap_or(Path::new("."));
    if !named.is_dir() {
        return Err(
            CommandError::usage(format!("there is no directory {}", named.display()))
                .hint("a signature is a line in a file of the repository: name a clone of it"),
        );
    }
    let root = match &args.repo {
        // Named, and audited by itself: its signatures are its own.
        Some(dir) if has_own(dir) => dir.canonicalize().unwrap_or_else(|_| dir.clone()),
        _ => repository_root(named),
    };
    let signed = Signed::open(root)?;
    if args.list {
        return list(&signed, ui);
    }
    let layer = command_layer(&[], &[], None, None);
    let repository = Repository::in_place(&signed.root);
    let session = Session::open(Some(repository), layer, global, ui)?;
    let rules = session.rules()?;
    if let Some(id) = &args.remove {
        return remove(signed.root.clone(), &names_of(id, &rules), ui);
    }
    let (Some(id), Some(evidence)) = (&args.id, &args.evidence) else {
        return Err(CommandError::usage("an item and its evidence are needed"));
    };
    let names = names_of(id, &rules);
    let item = known_item(&names[0], &session, &rules)?;
    let (year, month, day) = clock::today();
    let today = Day { year, month, day };
    let until = match &args.until {
        Some(text) => end(text, today)?,
        None => clock::in_days(USUAL),
    };
    let who = args.who.clone().or_else(|| author(&signed.root));
    let who = who.filter(|who| !who.trim().is_empty()).ok_or_else(|| {
        CommandError::usage("nobody is named who answers for it")
            .hint("say `--who team-shop`, or set git's user.name and user.email")
    })?;
    let signature = Attestation {
        item,
        who,
        date: today,
        evidence: seen(evidence, &signed.root)?,
        until,
        reason: args
            .reason
            .clone()
            .filter(|reason| !reason.trim().is_empty()),
        line: 0,
    };
    let same: Vec<&str> = names.iter().map(String::as_str).collect();
    let (lock, signed) = Signed::alone(signed.root.clone())?;
    let changed = attestations::record(Signed::SHOWN, &signed.text, &signature, &same)?;
    signed.write(&changed)?;
    drop(lock);
    let usual = match args.until {
        Some(_) => String::new(),
        None => format!(", {USUAL} days from now, for `--until` says nothing else"),
    };
    let renewed = signed
        .all
        .iter()
        .any(|one| names.contains(&one.item.to_string()));
    ui.say(&format!(
        "{} {} for {} until {until}{usual}; {} in {}",
        signature.who,
        if renewed { "signs again" } else { "signs" },
        signature.item,
        if renewed { "renewed" } else { "recorded" },
        Signed::SHOWN
    ));
    // The signature is there, whatever comes of this.
    match idle(&names, &signed.root, global, ui) {
        Ok(Some(note)) => ui.say(&format!("note: {note}")),
        Ok(None) => {}
        Err(error) => tracing::debug!(error = error.message, "what the rule says is not known"),
    }
    Ok(Exit::Clean)
}

/// That a signature changes nothing now, because the rule of that name does not wait for one: it found something, or is not for the
/// repository. `None` for what no rule decides.
fn idle(
    names: &[String],
    root: &Path,
    global: &GlobalArgs,
    ui: &Ui,
) -> Result<Option<String>, CommandError> {
    let layer = command_layer(names, &[], None, None);
    let session = Session::open(Some(Repository::in_place(root)), layer, global, ui)?;
    let rules = session.rules()?;
    if !rules
        .all_heads()
        .any(|rule| names.iter().any(|name| rule.id.as_str() == name))
    {
        return Ok(None);
    }
    let stop = Interrupt::listen();
    let temp = RunDirectory::create(global.keep_temp).map_err(CommandError::failure)?;
    let (checkout, _) = session::in_place(root, &temp.checkout())?;
    let record = rules_only(Look {
        session: &session,
        checkout: &checkout,
        rules: &rules,
        policy: session.policy(&rules, None),
        paths: Vec::new(),
        notes: Vec::new(),
        scratch: &temp.scratch("commands"),
        sink: &Silence,
        stop: &stop,
    })?;
    temp.close().map_err(CommandError::failure)?;
    let is_it = |item: &&Item| names.iter().any(|name| item.id.as_str() == name);
    let item = record.items.iter().find(is_it);
    Ok(item.and_then(|item| match &item.verdict {
        Verdict::Fail => Some(format!(
            "{} fails, and the signature does nothing as long as it does: `perfctl check --select {}` shows what was found",
            item.id, item.id
        )),
        Verdict::NotApplicable(why) => Some(format!(
            "{} is not for this repository, and the signature does nothing there: {why}",
            item.id
        )),
        _ => None,
    }))
}

/// The id as it is written and every other name of the same rule.
fn names_of(id: &str, rules: &Rules) -> Vec<String> {
    let id = id.trim().to_ascii_uppercase();
    let mut heads = rules.all_heads();
    let rule = heads.find(|rule| {
        rule.id.as_str() == id || rule.aliases.iter().any(|alias| alias.as_str() == id)
    });
    let others = rule
        .into_iter()
        .flat_map(|rule| rule.aliases.iter().chain([&rule.id]));
    let others: BTreeSet<String> = others.map(ToString::to_string).collect();
    let others = others.into_iter().filter(|other| *other != id);
    std::iter::once(id.clone()).chain(others).collect()
}

/// The item of that name, which some rule or recipe has to have: a signature for another one would hold nothing up.
fn known_item(id: &str, session: &Session, rules: &Rules) -> Result<RuleId, CommandError> {
    let mut known = session.known_items(rules);
    // Suppressions are judged, and nobody can answer for them.
    known.retain(|known| known != perfctl_engine::judge::silence::SUPPRESS);
    if known.contains(id) {
        return Ok(RuleId::from(id));
    }
    let error = CommandError::usage(format!("no rule and no recipe has an item `{id}`"));
    if let Some(unread) = &session.loaded.unread
        && unread.holds_rule(id)
    {
        return Err(error.hint(unread.sentence()));
    }
    Err(match nearest(id, known.iter().map(String::as_str)) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(
            "`perfctl rule list` shows the rules, `perfctl recipe show NAME` the items that a recipe measures",
        ),
    })
}

fn end(text: &str, today: Day) -> Result<Day, CommandError> {
    let until = Day::parse(text).map_err(|refusal| {
        let error = CommandError::usage(format!("`--until {text}`: {}", refusal.message));
        match refusal.hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    })?;
    if until < today {
        return Err(CommandError::usage(format!("`--until {text}` is past"))
            .hint("it is the last day on which the signature holds"));
    }
    Ok(until)
}

/// The evidence as it is recorded: a link, or the path of a file from the repository's root.
fn seen(evidence: &str, root: &Path) -> Result<String, CommandError> {
    let evidence = evidence.trim();
    if let Some((scheme, rest)) = evidence.split_once("://") {
        let is_word = !scheme.is_empty()
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '+');
        let host = rest.split('/').next().unwrap_or_default();
        // Whoever reads the file would read the password.
        if is_word && !host.is_empty() && !host.contains('@') && !rest.contains(char::is_whitespace)
        {
            return Ok(evidence.to_owned());
        }
        return Err(
            CommandError::usage(format!("`--evidence {evidence}` is no link"))
                .hint("write https://..., without a password"),
        );
    }
    let mut places = [Path::new(""), root].into_iter();
    let there = places.find_map(|place| Some((place, file_of(place, evidence)?)));
    let Some((place, file)) = there else {
        return Err(CommandError::usage(format!(
            "`--evidence {evidence}` is neither a link nor a file that there is"
        ))
        .hint("write https://..., or the path of a file of the repository"));
    };
    let inside = relative(root, &place.join(file)).filter(|inside| !inside.is_empty());
    // The heading that readers are to look at stays.
    let heading = &evidence[file.len()..];
    inside.map(|inside| format!("{inside}{heading}")).ok_or_else(|| {
        CommandError::usage(format!(
            "`--evidence {evidence}` lies outside of the repository, where its readers do not find it"
        ))
        .hint("put the file into the repository, or write a link")
    })
}

fn remove(root: PathBuf, names: &[String], ui: &Ui) -> Answer {
    let (_lock, signed) = Signed::alone(root)?;
    let same: Vec<&str> = names.iter().map(String::as_str).collect();
    let Some(changed) = attestations::remove(Signed::SHOWN, &signed.text, &same)? else {
        return Err(
            CommandError::usage(format!("nobody has signed for {}", names[0]))
                .hint("`perfctl attest --list` shows what is signed"),
        );
    };
    signed.write(&changed)?;
    ui.say(&format!("nobody signs for {} any more", names[0]));
    Ok(Exit::Clean)
}

fn list(signed: &Signed, ui: &Ui) -> Answer {
    if signed.all.is_empty() {
        ui.say("nothing is signed");
    }
    let (year, month, day) = clock::today();
    let (today, soon) = (Day { year, month, day }, clock::in_days(clock::SOON));
    let width = |of: fn(&Attestation) -> usize| signed.all.iter().map(of).max().unwrap_or(0);
    let (ids, people) = (
        width(|one| one.item.as_str().len()),
        width(|one| one.who.chars().count()),
    );
    let mut out = String::new();
    for one in &signed.all {
        let state = match one.until {
            until if until < today => format!("expired on {until}"),
            until if until <= soon => format!("expires on {until}"),
            until => format!("until {until}"),
        };
        let gone = match is_there(&signed.root, &one.evidence) {
            true => "",
            false => " (not there, so it does not count)",
        };
        let reason = one.reason.as_ref();
        let reason = reason.map_or(String::new(), |reason| format!("  ({reason})"));
        let _ = writeln!(
            out,
            "{:ids$}  {state:21}  {:people$}  {}{gone}{reason}",
            one.item.as_str(),
            one.who,
            one.evidence
        );
    }
    ui.text(&out)?;
    Ok(Exit::Clean)
}
