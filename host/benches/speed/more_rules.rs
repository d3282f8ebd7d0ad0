//! What a hundred more rules cost where they find nothing: a user's pack beside the built-in one.

use std::ffi::OsString;
use std::path::Path;

use crate::probe::{Subject, in_turns};
use crate::repository::Repository;
use crate::{PERFCTL, table};

/// Matchers in which `NAME` is replaced by a name that no repository holds.
const PATTERNS: &[&str] = &[
    "languages = ['python', 'typescript', 'javascript']\npattern = 'NAME.get($URL, $$$REST)'",
    "language = 'python'\npattern = 'with NAME.open($A) as $B: $$$C'",
    "language = 'python'\nrule = { pattern = '$S.NAME($A)', inside = { kind = 'for_statement', stopBy = 'end' } }",
    "language = 'python'\n[match.rule]\nany = [{ pattern = 'NAME()' }, { pattern = 'NAME.run($$$)' }]\nnot = { has = { kind = 'lambda', stopBy = 'end' } }",
    "language = 'go'\npattern = 'NAME.Do($A)'",
];

/// Matchers of every other kind.
const MIXED: &[&str] = &[
    "kind = 'call'\ntarget = ['NAME.get', 'NAME.client.**']",
    "kind = 'call'\ncalled = ['NAME']\nin_loop = true",
    "kind = 'call'\nfact = { kind = 'NAME', verb = ['call', 'send'] }",
    "kind = 'import'\nmodule = ['NAME', 'NAME.**']",
    "kind = 'function'\ndecorator = ['NAME.route']",
    "kind = 'class'\nbase = ['NAME.Model']",
    "kind = 'text'\npattern = ['(?i)\\bNAME\\s+select\\b']\nsql = true",
    "kind = 'text'\npattern = ['NAME://[a-z]+']",
    "kind = 'regex'\npattern = '\\bNAME\\w+\\('\nfiles = ['**/*.py']",
    "kind = 'pattern'\nlanguage = 'python'\npattern = 'NAME.get($URL)'",
];

/// Writes a pack of a hundred rules with matchers made from `templates` into a user's settings directory.
fn write_pack(settings: &Path, templates: &[&str], kind: &str) -> std::io::Result<()> {
    let pack = settings.join("perfctl/plugins/more");
    std::fs::create_dir_all(&pack)?;
    std::fs::write(
        pack.join("pack.toml"),
        "schema = 'perfctl.pack/1'\nid = 'more'\ntitle = 'more'\nversion = '0.1.0'\nedition = 1\n",
    )?;
    for at in 0..100 {
        let matcher = templates[at % templates.len()].replace("NAME", &format!("zanzibar_{at}"));
        let rule = format!(
            "schema = 'perfctl.rule/1'\nid = 'MORE-{at}'\ntitle = 't'\ncategory = 'network'\nseverity = 'low'\n\
             languages = ['python', 'typescript', 'javascript', 'go']\neffort = 'S'\n\
             help = {{ what = 'w', why = 'w', source = 's', fix = 'f', false_alarms = 'a' }}\n[[match]]\n{kind}{matcher}\n"
        );
        let dir = pack.join(format!("MORE-{at}"));
        std::fs::create_dir_all(&dir)?;
        std::fs::write(dir.join("rule.toml"), rule)?;
        std::fs::write(dir.join("rule.lua"), "return { check = function() end }\n")?;
    }
    Ok(())
}

/// Times the built-in rules alone and with a hundred more, and says whether the target holds.
pub(crate) fn run(repository: &Repository, rounds: usize) -> Result<bool, String> {
    let settings = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut subjects = Vec::new();
    for (name, templates, kind) in [
        ("the built-in rules", &[][..], ""),
        ("and 100 patterns", PATTERNS, "kind = 'pattern'\n"),
        ("and 100 rules of all kinds", MIXED, ""),
    ] {
        let own = settings.path().join(subjects.len().to_string());
        if !templates.is_empty() {
            write_pack(&own, templates, kind).map_err(|error| error.to_string())?;
        }
        let args: [OsString; 4] = [
            PERFCTL.into(),
            "check".into(),
            "--format=json".into(),
            (&repository.whole).into(),
        ];
        let mut subject = Subject::new(name, args);
        subject.variables = vec![("XDG_CONFIG_HOME", own.into())];
        subjects.push(subject);
    }
    let runs = in_turns(&subjects, rounds)?;
    let title = format!(
        "{}: a hundred more rules that find nothing",
        repository.name
    );
    table::print(&title, &subjects, &runs, 0);
    let mut holds = true;
    for (subject, run) in subjects.iter().zip(&runs).skip(1) {
        let more = (run.cpu / runs[0].cpu - 1.0) * 100.0;
        holds &= table::at_most(&subject.name, more, 5.0, " % more processor time");
    }
    Ok(holds)
}
