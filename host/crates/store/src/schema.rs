//! The tables, version by version. A version that was ever released is never changed: another one is added.

use rusqlite::{Connection, TransactionBehavior};

/// What the head of the file says of who wrote it: `perf`, in ASCII.
const APPLICATION: i64 = 0x7065_7266;

/// Each brings the file from the version before it to its own; the first makes a new file.
const STEPS: [&str; 2] = [
    "
CREATE TABLE repository (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
);
CREATE TABLE run (
  repository INTEGER NOT NULL REFERENCES repository (id),
  id TEXT NOT NULL,
  recipe TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  commit_id TEXT,
  dirty INTEGER NOT NULL,
  perfctl TEXT NOT NULL,
  PRIMARY KEY (repository, id)
) WITHOUT ROWID;
CREATE TABLE finding (
  repository INTEGER NOT NULL REFERENCES repository (id),
  fingerprint TEXT NOT NULL,
  rule TEXT NOT NULL,
  path TEXT NOT NULL,
  line INTEGER NOT NULL,
  message TEXT NOT NULL,
  class TEXT NOT NULL,
  first_run TEXT NOT NULL, first_ms INTEGER NOT NULL, first_commit TEXT,
  last_run TEXT NOT NULL, last_ms INTEGER NOT NULL, last_commit TEXT,
  fixed_run TEXT, fixed_ms INTEGER, fixed_commit TEXT,
  back_run TEXT, back_ms INTEGER, back_commit TEXT,
  PRIMARY KEY (repository, fingerprint)
) WITHOUT ROWID;
",
    "
ALTER TABLE run ADD COLUMN committed_ms INTEGER;
",
];

/// The version that this program writes.
pub(crate) const VERSION: i64 = STEPS.len() as i64;

/// A file that cannot be brought to [`VERSION`].
pub(crate) enum Unknown {
    /// Another program's.
    Foreign,
    /// A later version's.
    Newer(i64),
}

/// Brings the file to [`VERSION`], in one change that several processes may try at once.
pub(crate) fn migrate(connection: &mut Connection) -> Result<Option<Unknown>, rusqlite::Error> {
    let number = |connection: &Connection, name: &str| -> Result<i64, rusqlite::Error> {
        connection.pragma_query_value(None, name, |row| row.get(0))
    };
    // The usual case takes no lock.
    if number(connection, "application_id")? == APPLICATION
        && number(connection, "user_version")? == VERSION
    {
        return Ok(None);
    }
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let tables: i64 =
        change.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let found = number(&change, "user_version")?;
    if tables > 0 && number(&change, "application_id")? != APPLICATION {
        return Ok(Some(Unknown::Foreign));
    }
    if found > VERSION {
        return Ok(Some(Unknown::Newer(found)));
    }
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        change.execute_batch(step)?;
    }
    change.pragma_update(None, "application_id", APPLICATION)?;
    change.pragma_update(None, "user_version", VERSION)?;
    change.commit()?;
    Ok(None)
}

/// Makes a new file as the given version left it.
#[cfg(test)]
pub(crate) fn make_version(connection: &Connection, version: usize) {
    for step in &STEPS[..version] {
        connection.execute_batch(step).expect("a step");
    }
    let pragma = |name, value: i64| connection.pragma_update(None, name, value);
    pragma("application_id", APPLICATION).expect("written");
    pragma("user_version", version as i64).expect("written");
}
