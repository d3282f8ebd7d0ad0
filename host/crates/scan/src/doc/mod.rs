//! Documents: configuration and deploy files, Dockerfiles and SQL, read with the byte span of every part.
//!
//! YAML, TOML, JSON and HCL become one neutral [`Document`]; Dockerfiles become a stage graph ([`docker`]); shell scripts, wherever they are
//! written, become commands ([`shell`]); SQL becomes a short list of answers per statement ([`sql`]). This room reads bytes that somebody else has loaded. It knows no rule, opens no file, and
//! never fails as a whole: what could not be read stands in the result's errors, and what could not be resolved is *unknown*, never
//! absent. No type of a third-party parser leaves it.

pub mod docker;
mod hcl;
mod intrinsic;
mod json;
mod mapped;
pub mod shell;
mod source;
pub mod sql;
mod toml;
mod tree;
mod written;
mod yaml;

pub use source::MAX_BYTES;
pub use tree::{
    DocError, DocErrorKind, DocId, DocKind, DocNode, Document, Lookup, MAX_DEPTH, NodeRef, Origin,
    ScalarKind, Segment,
};

use std::panic::{AssertUnwindSafe, catch_unwind};

use source::Source;
use tree::DocBuilder;

/// The notations that become a [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// YAML 1.2 with several documents, anchors, tags, and Helm, Go or Jinja template actions.
    Yaml,
    /// TOML 1.0.
    Toml,
    /// JSON with comments and trailing commas.
    Json,
    /// HCL 2, which is what Terraform, Packer and Nomad write.
    Hcl,
}

impl Format {
    /// The notation of the file at `path`, from its name alone.
    pub fn of_path(path: &str) -> Option<Format> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        match name {
            "Pipfile" | "poetry.lock" | "uv.lock" | "pdm.lock" | "Cargo.lock" | "Gopkg.lock" => {
                return Some(Format::Toml);
            }
            "composer.lock" | "Pipfile.lock" | ".babelrc" | ".swcrc" | ".firebaserc" => {
                return Some(Format::Json);
            }
            _ => {}
        }
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "yaml" | "yml" => Some(Format::Yaml),
            "toml" => Some(Format::Toml),
            "json" | "jsonc" | "json5" | "webmanifest" => Some(Format::Json),
            "tf" | "hcl" | "tfvars" | "nomad" => Some(Format::Hcl),
            _ => None,
        }
    }
}

/// Reads `bytes` as a document. What is wrong with it stands in [`Document::errors`]; whatever could be read is there all the same.
///
/// Files over [`MAX_BYTES`], in UTF-16, or nested deeper than [`MAX_DEPTH`] are refused: they have no nodes and one error of the
/// kind [`DocErrorKind::Refused`]. Bytes that are not UTF-8 are read as `_`, so spans hold for the bytes as they are.
pub fn read(format: Format, bytes: &[u8]) -> Document {
    let source = match Source::admit(bytes) {
        Ok(source) => source,
        Err(refusal) => return Document::refused(refusal.to_string()),
    };
    let loaded = catch_unwind(AssertUnwindSafe(|| {
        let mut builder = DocBuilder::new(&source);
        match format {
            Format::Yaml => yaml::load(&source, &mut builder),
            Format::Toml => toml::load(&source, &mut builder),
            Format::Json => json::load(&source, &mut builder),
            Format::Hcl => hcl::load(&source, &mut builder),
        }
        builder.finish()
    }));
    // A panic can only come from a third-party parser on input nobody has tried yet: one file's failure, not the scan's.
    loaded.unwrap_or_else(|_| Document::refused("the parser failed on this file".to_owned()))
}

#[cfg(test)]
mod tests;
