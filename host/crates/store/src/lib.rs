//! The history of findings in one SQLite file of the user's: `$XDG_STATE_HOME/perfctl/history.db`.
//!
//! Owns the tables, their versions and what can be wrong with such a file. What a run means for a finding is decided elsewhere;
//! this crate keeps it, whole or not at all, for several processes at once.

mod identity;
mod schema;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use perfctl_core::history::{Known, Sighting};
use perfctl_core::ids::{RuleId, RunId};
use perfctl_core::path_class::PathClass;
use perfctl_core::run::RunRecord;
use perfctl_core::seams::Chronicle;
use rusqlite::{
    Connection, ErrorCode, OptionalExtension as _, Row, Transaction, TransactionBehavior, params,
};

pub use identity::identity;

/// How long another process may keep the file to itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often the history is worked out while others may write it.
const MOST_TRIES: usize = 4;

/// Why the history cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file or its directory cannot be made or opened.
    #[error("{} cannot be used: {why}", .file.display())]
    Unusable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
    /// Another process did not let go of it.
    #[error("another perfctl has kept {} for itself for {} s", .file.display(), PATIENCE.as_secs())]
    Busy {
        /// The file.
        file: PathBuf,
    },
    /// It is no history, or a broken one.
    #[error("{} is no history of perfctl, or a broken one: move it away, and a new one is begun", .file.display())]
    Foreign {
        /// The file.
        file: PathBuf,
    },
    /// A later version wrote it.
    #[error("{} was written by a newer perfctl (version {found} of the file; this one knows {})", .file.display(), schema::VERSION)]
    Newer {
        /// The file.
        file: PathBuf,
        /// Its version.
        found: i64,
    },
}

/// An open history.
pub struct Store {
    file: PathBuf,
    // SQLite allows one user of a connection at a time.
    connection: Mutex<Connection>,
}

impl Store {
    /// Opens the history in `file`; a new one, and its directory, are the user's alone.
    ///
    /// # Errors
    /// [`StoreError`]; a file that is there stays as it is.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        let unusable = |error: std::io::Error| StoreError::Unusable {
            file: file.to_owned(),
            why: error.to_string(),
        };
        if let Some(dir) = file.parent() {
            make_private(dir).map_err(unusable)?;
        }
        touch_private(file).map_err(unusable)?;
        let explain = |error| explain(file, error);
        let mut connection = Connection::open(file).map_err(explain)?;
        connection.busy_timeout(PATIENCE).map_err(explain)?;
        if let Some(found) = schema::migrate(&mut connection).map_err(explain)? {
            return Err(match found {
                schema::Unknown::Foreign => StoreError::Foreign {
                    file: file.to_owned(),
                },
                schema::Unknown::Newer(found) => StoreError::Newer {
                    file: file.to_owned(),
                    found,
                },
            });
        }
        Ok(Self {
            file: file.to_owned(),
            connection: Mutex::new(connection),
        })
    }

    fn enter_run(
        &self,
        record: &RunRecord,
        advance: &dyn Fn(Vec<Known>) -> Vec<Known>,
    ) -> Result<Vec<Known>, rusqlite::Error> {
        let mut connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut before = {
            let reading = connection.transaction()?;
            match number(&reading, record)? {
                Some(repository) => findings(&reading, repository)?,
                None => Vec::new(),
            }
        };
        let mut tries = 0;
        loop {
            tries += 1;
            // What it takes to work this out, git's answers among it, keeps nobody else from writing.
            let all = advance(before.clone());
            // At once for writing: two runs that read the same state would each lose what the other adds.
            let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let repository = enter_repository(&change, record)?;
            let now = findings(&change, repository)?;
            let all = match now == before {
                true => all,
                // Where others are always faster, they wait once.
                false if tries == MOST_TRIES => advance(now.clone()),
                false => {
                    before = now;
                    continue;
                }
            };
            enter_run(&change, repository, record)?;
            forget(&change, repository, &now, &all)?;
            write(&change, repository, &all)?;
            change.commit()?;
            return Ok(all);
        }
    }
}

impl Chronicle for Store {
    fn enter(
        &self,
        record: &RunRecord,
        advance: &dyn Fn(Vec<Known>) -> Vec<Known>,
    ) -> Result<Vec<Known>, String> {
        let entered = self.enter_run(record, advance);
        entered.map_err(|error| explain(&self.file, error).to_string())
    }
}

/// The row of the repository that a run looked at, if it is known.
fn number(reading: &Transaction<'_>, record: &RunRecord) -> Result<Option<i64>, rusqlite::Error> {
    let identity = identity(&record.source);
    let query = "SELECT id FROM repository WHERE identity = ?1";
    let found = reading.query_row(query, [identity], |row| row.get(0));
    found.optional()
}

/// Enters the repository that a run looked at; the answer is its row.
fn enter_repository(change: &Transaction<'_>, record: &RunRecord) -> Result<i64, rusqlite::Error> {
    change.query_row(
        "INSERT INTO repository (identity, name) VALUES (?1, ?2) ON CONFLICT (identity) DO UPDATE SET name = ?2 RETURNING id",
        params![identity(&record.source), record.source.name],
        |row| row.get(0),
    )
}

/// Enters that there was such a run.
fn enter_run(
    change: &Transaction<'_>,
    repository: i64,
    record: &RunRecord,
) -> Result<(), rusqlite::Error> {
    let source = &record.source;
    change.execute(
        "INSERT OR REPLACE INTO run (repository, id, recipe, started_ms, commit_id, dirty, perfctl, committed_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            repository,
            record.id.as_str(),
            record.recipe,
            signed(record.started_ms),
            source.commit,
            source.dirty,
            record.version,
            source.committed_ms.map(signed)
        ],
    )?;
    Ok(())
}

const COLUMNS: &str = "fingerprint, rule, path, line, message, class, first_run, first_ms, first_commit, last_run, last_ms, last_commit, \
                       fixed_run, fixed_ms, fixed_commit, back_run, back_ms, back_commit";

fn findings(change: &Transaction<'_>, repository: i64) -> Result<Vec<Known>, rusqlite::Error> {
    let commits = commit_times(change, repository)?;
    let mut query = change.prepare(&format!(
        "SELECT {COLUMNS} FROM finding WHERE repository = ?1 ORDER BY fingerprint"
    ))?;
    let rows = query.query_map([repository], |row| {
        let class: String = row.get(5)?;
        Ok(Known {
            fingerprint: row.get(0)?,
            rule: RuleId::new(row.get::<_, String>(1)?),
            path: row.get(2)?,
            line: row.get(3)?,
            message: row.get(4)?,
            class: PathClass::from_word(&class).unwrap_or_default(),
            first: sighting(row, 6, &commits)?.unwrap_or_else(nobody),
            last: sighting(row, 9, &commits)?.unwrap_or_else(nobody),
            fixed: sighting(row, 12, &commits)?,
            came_back: sighting(row, 15, &commits)?,
        })
    })?;
    rows.collect()
}

/// When the commit that each run looked at was made, by run.
fn commit_times(
    change: &Transaction<'_>,
    repository: i64,
) -> Result<BTreeMap<String, u64>, rusqlite::Error> {
    let mut query = change.prepare(
        "SELECT id, committed_ms FROM run WHERE repository = ?1 AND committed_ms IS NOT NULL",
    )?;
    let rows = query.query_map([repository], |row| {
        let ms: i64 = row.get(1)?;
        Ok((row.get(0)?, u64::try_from(ms).unwrap_or(0)))
    })?;
    rows.collect()
}

/// Takes out those that were known `before` by a name that none of them `all` has now.
fn forget(
    change: &Transaction<'_>,
    repository: i64,
    before: &[Known],
    all: &[Known],
) -> Result<(), rusqlite::Error> {
    let kept: BTreeSet<&str> = all.iter().map(|one| one.fingerprint.as_str()).collect();
    let mut delete =
        change.prepare("DELETE FROM finding WHERE repository = ?1 AND fingerprint = ?2")?;
    let names = before.iter().map(|one| one.fingerprint.as_str());
    for name in names.filter(|name| !kept.contains(name)) {
        delete.execute(params![repository, name])?;
    }
    Ok(())
}

/// Three columns from `at` on; `None` where no run is named.
fn sighting(
    row: &Row<'_>,
    at: usize,
    commits: &BTreeMap<String, u64>,
) -> Result<Option<Sighting>, rusqlite::Error> {
    let Some(run) = row.get::<_, Option<String>>(at)? else {
        return Ok(None);
    };
    Ok(Some(Sighting {
        committed_ms: commits.get(&run).copied(),
        run: RunId::new(run),
        at_ms: u64::try_from(row.get::<_, i64>(at + 1)?).unwrap_or(0),
        commit: row.get(at + 2)?,
    }))
}

/// The tables do not allow it; a file that says so is read all the same.
fn nobody() -> Sighting {
    Sighting {
        run: RunId::new(""),
        at_ms: 0,
        commit: None,
        committed_ms: None,
    }
}

fn write(change: &Transaction<'_>, repository: i64, all: &[Known]) -> Result<(), rusqlite::Error> {
    let mut insert = change.prepare(&format!(
        "INSERT OR REPLACE INTO finding (repository, {COLUMNS}) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"
    ))?;
    for one in all {
        let (fixed, back) = (one.fixed.as_ref(), one.came_back.as_ref());
        let run = |seen: Option<&Sighting>| seen.map(|seen| seen.run.to_string());
        let ms = |seen: Option<&Sighting>| seen.map(|seen| signed(seen.at_ms));
        let commit = |seen: Option<&Sighting>| seen.and_then(|seen| seen.commit.clone());
        insert.execute(params![
            repository,
            one.fingerprint,
            one.rule.as_str(),
            one.path,
            one.line,
            one.message,
            one.class.word(),
            one.first.run.as_str(),
            signed(one.first.at_ms),
            one.first.commit,
            one.last.run.as_str(),
            signed(one.last.at_ms),
            one.last.commit,
            run(fixed),
            ms(fixed),
            commit(fixed),
            run(back),
            ms(back),
            commit(back),
        ])?;
    }
    Ok(())
}

/// SQLite's numbers have a sign.
fn signed(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

fn explain(file: &Path, error: rusqlite::Error) -> StoreError {
    let file = file.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy { file },
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => StoreError::Foreign { file },
        _ => StoreError::Unusable {
            file,
            why: error.to_string(),
        },
    }
}

/// Makes a directory that is not there, for the user alone.
fn make_private(dir: &Path) -> std::io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    if let Some(above) = dir.parent() {
        std::fs::create_dir_all(above)?;
    }
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(dir) {
        // Another process was faster.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

/// Makes a file that is not there, for the user alone; SQLite gives its own files beside it the same permissions.
fn touch_private(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}
