//! What a user waits for when there is nearly nothing to do: the version, and a repository of 50 files.

use std::ffi::OsString;
use std::path::Path;

use crate::probe::{Subject, files_below, in_turns, is_installed};
use crate::{PERFCTL, table};

/// Files in the small repository.
const FILES: usize = 50;

/// Copies the first files of the bundled sample service to `dir`.
fn small_repository(dir: &Path) -> Result<(), String> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/service");
    let mut all = Vec::new();
    files_below(&sample, &mut |path| all.push(path));
    all.sort();
    if all.len() < FILES {
        return Err(format!("the sample service has only {} files", all.len()));
    }
    for path in &all[..FILES] {
        let to = dir.join(path.strip_prefix(&sample).unwrap_or(path));
        let parent = to.parent().unwrap_or(dir);
        std::fs::create_dir_all(parent)
            .and_then(|()| std::fs::copy(path, &to))
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Times both and says whether the targets hold.
pub(crate) fn run(rounds: usize) -> Result<bool, String> {
    let dir = tempfile::tempdir().map_err(|error| error.to_string())?;
    small_repository(dir.path())?;
    let at: OsString = dir.path().into();
    let mut subjects = vec![
        Subject::new("perfctl --version", [PERFCTL, "--version"]),
        Subject::new(
            "perfctl check, 50 files",
            [PERFCTL.into(), "check".into(), at.clone()],
        ),
    ];
    subjects[1].variables = vec![("XDG_CONFIG_HOME", "/nonexistent".into())];
    let with_ripgrep = is_installed("rg");
    if with_ripgrep {
        subjects.push(Subject::new("rg --version", ["rg", "--version"]));
        let search: [OsString; 3] = ["rg".into(), "x".into(), at];
        subjects.push(Subject::new("rg x, 50 files", search));
    } else {
        table::say("rg is not installed and is left out");
    }
    let runs = in_turns(&subjects, rounds)?;
    table::print("Start", &subjects, &runs, 0);
    let mut holds = table::at_most("perfctl --version", runs[0].wall, 10.0, " ms");
    holds &= table::at_most("perfctl check of 50 files", runs[1].wall, 150.0, " ms");
    if with_ripgrep {
        table::say(&format!(
            "        on the clock, to ripgrep: {:.1}x for the version, {:.1}x for 50 files",
            runs[0].wall / runs[2].wall,
            runs[1].wall / runs[3].wall
        ));
    }
    Ok(holds)
}
