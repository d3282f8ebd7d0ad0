//! Path aliases that `tsconfig.json` and its like declare: `"@shop/api/*": ["./apps/api/src/*"]`. It knows no files.

use crate::doc::Document;

use super::modules::{directory, normalise};

/// One alias of one configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The directory of the configuration: files below it see the alias.
    scope: Box<str>,
    /// What a module begins with.
    prefix: Box<str>,
    /// What it ends with; `None` when the alias has no `*` and names one module.
    suffix: Option<Box<str>>,
    /// Paths from the root before and behind what stands for the `*`.
    targets: Vec<(Box<str>, Box<str>)>,
}

/// Whether a file of this name may declare aliases.
pub fn may_declare(file: &str) -> bool {
    let is_named = file.starts_with("tsconfig") || file.starts_with("jsconfig");
    is_named && file.ends_with(".json")
}

/// The aliases that the configuration at `path` declares.
pub fn read(path: &str, document: &Document) -> Vec<Alias> {
    let scope = directory(path);
    let Some(options) = document.root().and_then(|root| root.get("compilerOptions")) else {
        return Vec::new();
    };
    let base = options
        .get("baseUrl")
        .and_then(|base| base.as_str())
        .unwrap_or(".");
    let Some(base) = normalise(scope, base) else {
        return Vec::new();
    };
    let Some(paths) = options.get("paths") else {
        return Vec::new();
    };
    paths
        .entries()
        .filter_map(|entry| {
            let pattern = entry.key()?;
            let (prefix, suffix) = match pattern.split_once('*') {
                Some((prefix, suffix)) => (prefix, Some(suffix.into())),
                None => (pattern, None),
            };
            // `"*": [...]` would claim every library.
            if prefix.is_empty() {
                return None;
            }
            let targets: Vec<(Box<str>, Box<str>)> = entry
                .entries()
                .filter_map(|target| {
                    let (before, behind) = target
                        .as_str()?
                        .split_once('*')
                        .unwrap_or((target.as_str()?, ""));
                    let is_directory = before.ends_with('/');
                    let mut before = normalise(&base, before)?;
                    if is_directory && !before.is_empty() {
                        before.push('/');
                    }
                    Some((before.into(), behind.into()))
                })
                .collect();
            (!targets.is_empty()).then(|| Alias {
                scope: scope.into(),
                prefix: prefix.into(),
                suffix,
                targets,
            })
        })
        .collect()
}

impl Alias {
    /// Orders aliases so that the nearest configuration and the longest prefix come first.
    pub fn rank(&self) -> (std::cmp::Reverse<usize>, std::cmp::Reverse<usize>, &str) {
        (
            std::cmp::Reverse(self.scope.len()),
            std::cmp::Reverse(self.prefix.len()),
            &self.prefix,
        )
    }

    /// Paths, without extension, that `module` may mean for the file at `from`.
    pub fn paths(&self, module: &str, from: &str) -> Vec<String> {
        let is_seen = self.scope.is_empty()
            || from
                .strip_prefix(&*self.scope)
                .is_some_and(|rest| rest.starts_with('/'));
        let Some(rest) = module.strip_prefix(&*self.prefix).filter(|_| is_seen) else {
            return Vec::new();
        };
        let middle = match &self.suffix {
            Some(suffix) => rest.strip_suffix(&**suffix),
            None => rest.is_empty().then_some(rest),
        };
        let Some(middle) = middle else {
            return Vec::new();
        };
        self.targets
            .iter()
            .map(|(before, behind)| format!("{before}{middle}{behind}"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{self, Format};

    #[test]
    fn an_alias_leads_below_the_configuration_that_declares_it() {
        let text = br#"{ "compilerOptions": { "baseUrl": "./src", // sources
            "paths": { "@app/*": ["./app/*"], "shared": ["../../libs/shared/index"], "*": ["x/*"] } } }"#;
        let all = read("apps/api/tsconfig.json", &doc::read(Format::Json, text));
        let found = |module: &str, from: &str| {
            all.iter()
                .flat_map(|alias| alias.paths(module, from))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found("@app/users/service", "apps/api/src/main.ts"),
            ["apps/api/src/app/users/service"]
        );
        assert_eq!(
            found("shared", "apps/api/src/main.ts"),
            ["apps/libs/shared/index"]
        );
        assert!(found("@app/users", "apps/web/main.ts").is_empty());
        assert!(found("express", "apps/api/src/main.ts").is_empty());
    }
}
