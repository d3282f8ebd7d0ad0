//! `cargo run -p perfctl-sdk-generate`: writes the generated files of all SDKs anew.

use std::io::Write;
use std::path::Path;

fn main() -> anyhow::Result<()> {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sdk = crate_folder.parent().unwrap_or(crate_folder);
    let mut out = std::io::stdout();
    for path in perfctl_sdk_generate::write(sdk)? {
        writeln!(out, "sdk/{path}")?;
    }
    Ok(())
}
