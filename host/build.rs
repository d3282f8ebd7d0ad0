//! Embeds what the program brings along: rule packs, recipes, templates and the scaffolds of `rule new`, as tables of path and
//! text. Cargo watches the folders, so a new or changed file is in the next build. The cases of rules stay in the source:
//! only `perfctl rule test` reads them, and it reads them from disk.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

/// A table: its name, its folder from the project's root, and whether folders called `cases` belong to it.
const TABLES: &[(&str, &str, bool)] = &[
    ("PLUGINS", "plugins", false),
    ("RECIPES", "recipes", false),
    ("TEMPLATES", "templates", false),
    ("SCAFFOLDS", "sdk/lua/scaffold", true),
    ("KINDS", "sdk/scaffold", true),
    ("SDK_JS", "sdk/js", true),
    ("SDK_PYTHON", "sdk/python", true),
    ("SDK_RUST", "sdk/rust", true),
    ("WIT", "sdk/wit/0.1.0", true),
];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("..");
    let mut out = String::new();
    for (name, folder, with_cases) in TABLES {
        let folder = root.join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files = Vec::new();
        list(&folder, "", *with_cases, &mut files)?;
        files.sort();
        let _ = writeln!(out, "static {name}: &[(&str, &str)] = &[");
        for (path, file) in files {
            let file = file.canonicalize()?;
            // `include_str!` refuses what is no text, with the file's name.
            let _ = writeln!(
                out,
                "    ({path:?}, include_str!({:?})),",
                file.display().to_string()
            );
        }
        out.push_str("];\n");
    }
    std::fs::write(PathBuf::from(variable("OUT_DIR")?).join("embedded.rs"), out)
}

fn variable(name: &str) -> io::Result<String> {
    std::env::var(name).map_err(|error| io::Error::other(format!("{name}: {error}")))
}

/// The files below `dir`, by path from the table's folder with forward slashes. Hidden files are an editor's or git's.
fn list(
    dir: &Path,
    prefix: &str,
    with_cases: bool,
    files: &mut Vec<(String, PathBuf)>,
) -> io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        // Examples of organisations' packs are to be read, not run everywhere; what cargo made is nobody's text.
        let is_left_out = prefix.is_empty() && (name == "examples" || name == "target")
            || name == "node_modules"
            || name == "__pycache__";
        if name.starts_with('.') || name.ends_with('~') || is_left_out {
            continue;
        }
        if path.is_file() {
            files.push((format!("{prefix}{name}"), path));
        } else if with_cases || name != "cases" {
            list(&path, &format!("{prefix}{name}/"), with_cases, files)?;
        }
    }
    Ok(())
}
