//! Finding a labelled repository on this machine, or cloning it when asked to.

use std::path::{Path, PathBuf};

use perfctl_core::repository::Checkout;
use perfctl_core::seams::{Sink, Stop};
use perfctl_workspace::checkout::{Tokens, open_with};

use super::labels::Unit;
use super::plain;

/// Where repositories may be had from.
pub(super) struct Places<'p> {
    /// Directories of repositories.
    pub(super) mirrors: &'p [PathBuf],
    /// Whether what none of them holds is cloned.
    pub(super) fetch: bool,
    /// For hosts that want tokens.
    pub(super) tokens: &'p Tokens,
}

impl Places<'_> {
    /// Checks a repository out at its labelled commit, into a directory that is not there yet. What is found stays as it is;
    /// remarks go to `sink`.
    pub(super) fn check_out(
        &self,
        unit: &Unit,
        into: &Path,
        sink: &dyn Sink,
        stop: &dyn Stop,
    ) -> Result<Checkout, String> {
        let open = |what: &str| {
            let commit = Some(unit.commit.as_str());
            open_with(what, commit, into, self.tokens, sink, stop)
        };
        let mut why = None;
        for place in self.mirrors.iter().flat_map(|dir| candidates(dir, unit)) {
            let Some(place) = place.to_str().filter(|_| place.is_dir()) else {
                continue;
            };
            match open(place) {
                Ok(checkout) => return Ok(checkout),
                // The likeliest place has the reason that helps most.
                Err(error) => why = why.or_else(|| Some(error.to_string())),
            }
            if stop.requested() {
                return Err("interrupted".to_owned());
            }
            // What was half made is in the way of the next.
            let _ = std::fs::remove_dir_all(into);
        }
        if self.fetch {
            return open(&unit.url()).map_err(|error| error.to_string());
        }
        Err(why.unwrap_or_else(|| match self.mirrors {
            [] => "no `--mirror` is given".to_owned(),
            _ => "no mirror holds it".to_owned(),
        }))
    }
}

/// Where a mirror may hold a repository, the likeliest first.
fn candidates(mirror: &Path, unit: &Unit) -> Vec<PathBuf> {
    let joined = mirror.join(plain(&unit.name));
    let apart = mirror.join(plain(&unit.name).replace('+', "/"));
    let forms = |dir: PathBuf| {
        let mut bare = dir.clone().into_os_string();
        bare.push(".git");
        [dir.join("repo"), PathBuf::from(bare), dir]
    };
    forms(joined).into_iter().chain(forms(apart)).collect()
}
