//! What several tests of this crate share.

use std::path::Path;

/// The built-in templates by their paths from the folder, as the binary embeds them.
pub(crate) fn template_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../templates");
    let mut files = Vec::new();
    for folder in ["", "partials/"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder of templates is there")
        {
            let path = entry.expect("readable").path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .expect("UTF-8");
            if path.is_file() && !name.starts_with("README") {
                let text = std::fs::read_to_string(&path).expect("readable");
                files.push((format!("{folder}{name}"), text));
            }
        }
    }
    files.sort();
    files
}

/// The text without SGR sequences, the only ones that perfctl writes.
pub(crate) fn without_colour(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("\u{1b}[") {
        out.push_str(&rest[..start]);
        let after = &rest[start + 2..];
        let length = after
            .bytes()
            .take_while(|b| b.is_ascii_digit() || *b == b';')
            .count();
        assert!(
            after[length..].starts_with('m'),
            "only colours are written: {:?}",
            &after[..after.len().min(12)]
        );
        rest = &after[length + 1..];
    }
    out.push_str(rest);
    out
}
