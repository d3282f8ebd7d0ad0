//! Types of a pack in TypeScript: looked at before it is built, for the bundler takes them away unread, and a slip such as `call.nam` is
//! `undefined` where the rule runs.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use super::javascript::{NODE, script};
use super::tool::output;
use crate::error::CommandError;
use crate::ui::Ui;

/// The compiler with the package that brings it.
const COMPILER: (&str, &str) = ("tsc", "typescript");

/// How an error begins, behind its place where it has one.
const ERROR: &str = "error TS";

/// Most errors that are told; more are counted.
const MOST: usize = 20;

/// Checks the types of the pack in `dir`, which messages call `shown`, where it asks for that with a `tsconfig.json`. Without the compiler a note
/// says so.
pub(super) fn check(dir: &Path, shown: &Path, ui: &Ui) -> Result<(), CommandError> {
    if !dir.join("tsconfig.json").is_file() {
        return Ok(());
    }
    let Some(compiler) = script(dir, COMPILER) else {
        ui.say(&format!(
            "note: types are not checked, there is no typescript in node_modules: `npm install` in {} brings what its package.json names",
            shown.display()
        ));
        return Ok(());
    };
    let mut checking = Command::new(NODE);
    checking
        .current_dir(dir)
        .arg(compiler)
        .args(["--noEmit", "--pretty", "false"]);
    let ended = output(&mut checking, "install Node.js")?;
    if ended.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&ended.output).into_owned();
    Err(CommandError::failure(told(&said, shown))
        .hint("mend them, or build with `--no-types`; `npm run check` looks at types alone"))
}

/// What the compiler says, with each place as `file:line:column` from where the author stands.
fn told(said: &str, shown: &Path) -> String {
    let mut errors = 0;
    let lines = said.lines().filter(|line| !line.trim().is_empty());
    let lines: Vec<String> = lines
        .map(|line| match placed(line) {
            Some((file, at, rest)) => {
                errors += usize::from(rest.starts_with(ERROR));
                let file = match shown == Path::new(".") {
                    true => Path::new(file).to_owned(),
                    false => shown.join(file),
                };
                format!("{}:{at}: {rest}", file.display())
            }
            // Of no place: what it was told to look at, `tsconfig.json` that matches no file.
            None if line.starts_with(ERROR) => {
                errors += 1;
                line.trim_end().to_owned()
            }
            // It goes on with the error above.
            None => format!("  {}", line.trim_end()),
        })
        .collect();
    let mut out = match errors {
        0 => "types could not be checked:".to_owned(),
        1 => "the types do not fit, 1 error:".to_owned(),
        errors => format!("the types do not fit, {errors} errors:"),
    };
    for line in lines.iter().take(MOST) {
        let _ = write!(out, "\n{line}");
    }
    if let Some(more) = lines.len().checked_sub(MOST).filter(|more| *more > 0) {
        let _ = write!(out, "\nand {more} lines more");
    }
    out
}

/// The parts of `src/rules.ts(12,5): error TS2339: ...`: file, `12:5`, and what is wrong.
fn placed(line: &str) -> Option<(&str, String, &str)> {
    let (place, rest) = line.split_once("): ")?;
    let (file, at) = place.rsplit_once('(')?;
    let (line, column) = at.split_once(',')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(line) && is_number(column)).then(|| (file, format!("{line}:{column}"), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_without_an_error_in_the_code_did_not_look_at_it() {
        let crashed = "TypeError: x is not a function\n    at main (tsc.js:1:2): error\n";
        assert_eq!(
            told(crashed, Path::new(".")).lines().next(),
            Some("types could not be checked:")
        );
        let empty = "error TS18003: No inputs were found in config file 'tsconfig.json'.\n";
        assert!(
            told(empty, Path::new("."))
                .starts_with("the types do not fit, 1 error:\nerror TS18003")
        );
    }

    #[test]
    fn errors_are_told_as_places_from_where_the_author_stands() {
        let said = "src/rules.ts(12,5): error TS2339: Property 'nam' does not exist on type 'Call'.\n  Did you mean 'name'?\n\nerror TS5058: no file (1,2)\n";
        assert_eq!(
            told(said, Path::new("plugins/acme")),
            "the types do not fit, 2 errors:\n\
             plugins/acme/src/rules.ts:12:5: error TS2339: Property 'nam' does not exist on type 'Call'.\n    Did you mean 'name'?\nerror TS5058: no file (1,2)"
        );
        assert!(told(said, Path::new(".")).contains("\nsrc/rules.ts:12:5: "));
        let many = "a.ts(1,1): error TS1: x\n".repeat(25);
        let said = told(&many, Path::new("."));
        assert!(
            said.starts_with("the types do not fit, 25 errors:")
                && said.ends_with("and 5 lines more"),
            "{said}"
        );
    }
}
