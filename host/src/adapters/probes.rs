//! Probes as recipes call them, with the user's accounts for those that ask a registry.

use std::collections::BTreeMap;

use perfctl_core::seams::{CollectError, Collected, Demand, Probe, Stop};

use crate::accounts::{Account, Accounts};

/// A probe that is given name and password where the user has them. A recipe never names a password.
pub(crate) struct Authorised<'a> {
    probe: &'static dyn Probe,
    accounts: &'a Accounts,
}

/// Every probe, with these accounts.
pub(crate) fn authorised(accounts: &Accounts) -> Vec<Authorised<'_>> {
    perfctl_collect::PROBES
        .iter()
        .map(|probe| Authorised {
            probe: *probe,
            accounts,
        })
        .collect()
}

impl Authorised<'_> {
    /// The account for what `options` name, if this probe takes one and none is given.
    fn account(&self, options: &BTreeMap<String, String>) -> Account {
        let takes = |name: &str| {
            self.probe
                .options()
                .iter()
                .any(|(option, _)| *option == name)
        };
        let is_given = options.get("username").is_some_and(|name| !name.is_empty());
        let image = options
            .get("image")
            .filter(|_| takes("password") && !is_given);
        match image.and_then(|image| perfctl_collect::registry_of(image)) {
            Some((host, repository)) => self.accounts.for_registry(&host, &repository),
            None => Account::None,
        }
    }
}

impl Probe for Authorised<'_> {
    fn name(&self) -> &'static str {
        self.probe.name()
    }

    fn options(&self) -> &'static [(&'static str, &'static str)] {
        self.probe.options()
    }

    fn demands(&self) -> Vec<(&str, Demand)> {
        self.probe.demands()
    }

    fn metrics(&self) -> &'static [&'static str] {
        self.probe.metrics()
    }

    fn probe(
        &self,
        options: &BTreeMap<String, String>,
        stop: &dyn Stop,
    ) -> Result<Collected, CollectError> {
        match self.account(options) {
            Account::Known { user, password } => {
                let mut options = options.clone();
                options.insert("username".to_owned(), user);
                options.insert("password".to_owned(), password);
                self.probe.probe(&options, stop)
            }
            Account::Elsewhere(why) => self.probe.probe(options, stop).map(|mut collected| {
                // Without an account it may work all the same; only where it does not is this the reason.
                if let Some(inconclusive) = &mut collected.inconclusive {
                    *inconclusive = format!("{inconclusive}; {why}");
                }
                collected
            }),
            Account::None => self.probe.probe(options, stop),
        }
    }
}
