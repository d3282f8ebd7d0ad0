//! The list of output formats. One file per format in this folder; a test holds the list against the folder.

mod concise;
mod github;
mod gitlab;
mod html;
mod human;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod sarif;

pub(crate) use markdown::within;

use std::sync::Arc;

use perfctl_core::seams::Format;

use crate::template::Templates;

/// An output format that can be chosen by name.
#[derive(Clone, Copy)]
pub struct Entry {
    /// The value of `--format`.
    pub name: &'static str,
    /// One line of help.
    pub about: &'static str,
    build: fn(&Arc<Templates>) -> Box<dyn Format + Send>,
}

impl Entry {
    /// The format, ready to render. Formats that use no template ignore them.
    pub fn build(&self, templates: &Arc<Templates>) -> Box<dyn Format + Send> {
        (self.build)(templates)
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Every format, by name.
pub const FORMATS: &[Entry] = &[
    Entry {
        name: "concise",
        about: concise::ABOUT,
        build: |_| Box::new(concise::Concise),
    },
    Entry {
        name: "github",
        about: github::ABOUT,
        build: |_| Box::new(github::GitHub),
    },
    Entry {
        name: "gitlab",
        about: gitlab::ABOUT,
        build: |_| Box::new(gitlab::GitLab),
    },
    Entry {
        name: "html",
        about: html::ABOUT,
        build: |templates| Box::new(html::Html(templates.clone())),
    },
    Entry {
        name: "human",
        about: human::ABOUT,
        build: |_| Box::new(human::Human),
    },
    Entry {
        name: "json",
        about: json::ABOUT,
        build: |_| Box::new(json::Json),
    },
    Entry {
        name: "jsonl",
        about: jsonl::ABOUT,
        build: |_| Box::new(jsonl::JsonLines),
    },
    Entry {
        name: "junit",
        about: junit::ABOUT,
        build: |_| Box::new(junit::JUnit),
    },
    Entry {
        name: "markdown",
        about: markdown::ABOUT,
        build: |templates| Box::new(markdown::Markdown(templates.clone())),
    },
    Entry {
        name: "sarif",
        about: sarif::ABOUT,
        build: |_| Box::new(sarif::Sarif),
    },
];

/// The format of that name.
pub fn find(name: &str) -> Option<&'static Entry> {
    FORMATS.iter().find(|entry| entry.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_holds_every_file_of_the_folder() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/format");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder is there")
            .filter_map(|entry| {
                let path = entry.expect("readable").path();
                let stem = path.file_stem()?.to_str()?.to_owned();
                (path.is_file() && stem != "mod").then_some(stem)
            })
            .collect();
        files.sort();
        let names: Vec<&str> = FORMATS.iter().map(|entry| entry.name).collect();
        assert_eq!(names, files);
    }

    #[test]
    fn every_entry_builds_the_format_of_its_name() {
        let templates = Arc::new(crate::template::embedded_for_tests());
        for entry in FORMATS {
            let format = entry.build(&templates);
            assert_eq!(format.name(), entry.name);
            assert_eq!(format.about(), entry.about);
            assert!(find(entry.name).is_some());
        }
        assert!(find("pdf").is_none());
    }
}
