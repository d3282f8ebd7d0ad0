//! Settings of a repository as one of its directories sees them: their paths start at the repository's root, those of an audit
//! of the directory at the directory.

use globset::Glob;

use super::layer::Layer;

impl Layer {
    /// The layer for an audit of `directory`, a path from the repository's root: what speaks of other places is left out.
    #[must_use]
    pub fn below(mut self, directory: &str) -> Self {
        if let Some(list) = &mut self.exclude {
            list.items = std::mem::take(&mut list.items)
                .into_iter()
                .filter_map(|mut item| {
                    item.value = seen_from(directory, &item.value)?;
                    Some(item)
                })
                .collect();
        }
        self.waivers = std::mem::take(&mut self.waivers)
            .into_iter()
            .filter_map(|mut waiver| {
                waiver.value.path = seen_from(directory, &waiver.value.path)?;
                Some(waiver)
            })
            .collect();
        self
    }
}

/// The glob that holds below `directory` what `glob` holds in the whole repository; `None` when that is nothing.
fn seen_from(directory: &str, glob: &str) -> Option<String> {
    let bare = glob.trim_start_matches("./").trim_matches('/');
    if bare.is_empty() || bare == "." {
        return Some(glob.to_owned());
    }
    let mut parts = bare.split('/');
    for step in directory.split('/').filter(|step| !step.is_empty()) {
        let Some(part) = parts.next() else {
            // The glob names a directory around this one, and with it all that is in it.
            return Some("**".to_owned());
        };
        if part == "**" {
            // It may hold none, some or all of the steps.
            let rest: Vec<&str> = [part].into_iter().chain(parts).collect();
            return Some(rest.join("/"));
        }
        let fits = Glob::new(part).is_ok_and(|part| part.compile_matcher().is_match(step));
        if !fits {
            return None;
        }
    }
    let rest: Vec<&str> = parts.collect();
    Some(match rest.is_empty() {
        true => "**".to_owned(),
        false => rest.join("/"),
    })
}

#[cfg(test)]
mod tests {
    use super::seen_from;

    #[test]
    fn a_glob_is_seen_from_a_directory_of_the_repository() {
        let cases = [
            ("services/shop/gen/**", Some("gen/**")),
            ("./services/*/gen/", Some("gen")),
            ("services", Some("**")),
            ("services/shop", Some("**")),
            ("**/migrations/**", Some("**/migrations/**")),
            ("services/**/gen", Some("**/gen")),
            ("services/mail/gen", None),
            ("web/**", None),
            ("*.sql", None),
            (".", Some(".")),
        ];
        for (glob, seen) in cases {
            assert_eq!(seen_from("services/shop", glob).as_deref(), seen, "{glob}");
        }
    }
}
