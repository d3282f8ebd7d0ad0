//! The repository as a whole, and its files.

use wasmtime::Result;

use super::{State, said};
use crate::bindings::perfctl::plugin::{files, load_hop, repository, types};

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

impl repository::Host for State {
    fn fact(&mut self, path: String) -> Result<Option<Vec<(String, String)>>> {
        let fact = self.repository()?.fact(&path);
        let pair = |(key, word): (&str, &str)| (key.to_owned(), word.to_owned());
        Ok(fact.map(|fact| fact.words().map(pair).collect()))
    }

    fn matched(&mut self, matcher: String) -> Result<Result<Vec<String>, String>> {
        let found = self.repository()?.matched(&matcher);
        Ok(found.map(owned).map_err(|refusal| refusal.to_string()))
    }

    fn loaded_by(&mut self, path: String) -> Result<Vec<Vec<u32>>> {
        let chains = self.repository()?.loaded_by(&path);
        let chains = chains.into_iter();
        Ok(chains
            .map(|chain| self.things.put_all(chain))
            .collect::<std::result::Result<_, _>>()?)
    }

    fn deploy_targets(&mut self, path: String) -> Result<Vec<types::DeployTarget>> {
        let targets = self.repository()?.deploy_targets(&path).into_iter();
        let target = |one: &perfctl_scan::deploy::Deployment| types::DeployTarget {
            name: one.target.as_str().to_owned(),
            path: one.path.to_string(),
            scales_to_zero: one.scales_to_zero,
        };
        Ok(targets.map(target).collect())
    }

    fn imports(&mut self, patterns: Vec<String>) -> Result<Result<(bool, Option<String>), String>> {
        let patterns = self.patterns(patterns);
        let repository = self.repository()?;
        said(patterns, |patterns| {
            let first = repository.imports(&patterns).map(str::to_owned);
            Ok((first.is_some(), first))
        })
    }

    fn importers(&mut self, patterns: Vec<String>) -> Result<Result<Vec<String>, String>> {
        let patterns = self.patterns(patterns);
        let repository = self.repository()?;
        said(patterns, |patterns| {
            Ok(owned(repository.importers(&patterns)))
        })
    }

    fn calls(&mut self, patterns: Vec<String>) -> Result<Result<Vec<u32>, String>> {
        let patterns = self.patterns(patterns);
        let repository = self.repository()?;
        let found = said(patterns, |patterns| Ok(repository.calls(&patterns)))?;
        self.each(found)
    }
}

impl files::Host for State {
    fn paths(&mut self, glob: String) -> Result<Result<Vec<String>, String>> {
        let found = self.repository()?.paths(&glob);
        Ok(found.map(owned).map_err(|refusal| refusal.to_string()))
    }

    fn at(&mut self, path: String) -> Result<Option<String>> {
        Ok(self.repository()?.at(&path).map(str::to_owned))
    }

    fn size(&mut self, path: String) -> Result<Option<u64>> {
        Ok(self.repository()?.size(&path))
    }

    fn text(&mut self, path: String) -> Result<Option<String>> {
        Ok(self.repository()?.with_text(&path, str::to_owned))
    }

    fn below(&mut self, directory: String) -> Result<Vec<String>> {
        Ok(owned(self.repository()?.below(&directory)))
    }

    fn holding(&mut self, glob: String, texts: Vec<String>) -> Result<Result<Vec<String>, String>> {
        let found = self.repository()?.holding(&glob, &texts);
        Ok(found.map(owned).map_err(|refusal| refusal.to_string()))
    }

    fn open(&mut self, path: String) -> Result<Option<u32>> {
        let found = self.repository()?.open(&path);
        Ok(self.things.put_maybe(found)?)
    }
}

impl load_hop::Host for State {
    fn path(&mut self, this: u32) -> Result<String> {
        Ok(self.hop(this)?.path().to_owned())
    }

    fn import(&mut self, this: u32) -> Result<Option<u32>> {
        let found = self.hop(this)?.import();
        Ok(self.things.put_maybe(found)?)
    }
}
