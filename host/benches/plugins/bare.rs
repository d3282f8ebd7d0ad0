//! A plugin in wasmtime and nothing else: its own engine as it comes, no limits, no clock, no checks of what comes back.

use wasmtime::component::{Component, HasSelf, Linker};
use wasmtime::{Engine, Store};

use bindings::RulePack;
pub(crate) use bindings::exports::perfctl::plugin::rules::Findings;
use bindings::perfctl::plugin::{declared, log};

mod bindings {
    wasmtime::component::bindgen!({
        path: "../sdk/wit/0.1.0",
        world: "rule-pack",
        imports: { default: trappable },
    });
}

/// What the manifest of the guest that is built with the SDK declares.
struct Manifest;

impl declared::Host for Manifest {
    fn rules(&mut self) -> wasmtime::Result<Vec<String>> {
        Ok(vec!["BENCH-ROWS-1".to_owned()])
    }

    fn messages(&mut self, _: u32) -> wasmtime::Result<Vec<declared::Message>> {
        Ok(vec![declared::Message {
            id: "seen".to_owned(),
            parameters: Vec::new(),
        }])
    }

    fn matchers(&mut self, _: u32) -> wasmtime::Result<Vec<declared::Matcher>> {
        Ok(vec![declared::Matcher {
            name: "call".to_owned(),
            captures: ["A", "B", "C"].map(str::to_owned).to_vec(),
        }])
    }
}

impl log::Host for Manifest {
    fn print(&mut self, _: String) -> wasmtime::Result<()> {
        Ok(())
    }

    fn failed(&mut self, failure: log::Failure) -> wasmtime::Result<()> {
        Err(wasmtime::Error::msg(failure.message))
    }
}

/// An instance.
pub(crate) struct Bare {
    store: Store<Manifest>,
    pack: RulePack,
}

impl Bare {
    /// An instance of the component; what it imports beside its manifest traps.
    pub(crate) fn new(component: &[u8]) -> Result<Self, String> {
        Self::start(component).map_err(|error| format!("{error:#}"))
    }

    fn start(component: &[u8]) -> wasmtime::Result<Self> {
        let engine = Engine::default();
        let component = Component::from_binary(&engine, component)?;
        let mut linker: Linker<Manifest> = Linker::new(&engine);
        fn own(manifest: &mut Manifest) -> &mut Manifest {
            manifest
        }
        declared::add_to_linker::<_, HasSelf<_>>(&mut linker, own)?;
        log::add_to_linker::<_, HasSelf<_>>(&mut linker, own)?;
        linker.define_unknown_imports_as_traps(&component)?;
        let mut store = Store::new(&engine, Manifest);
        let pack = RulePack::instantiate(&mut store, &component, &linker)?;
        Ok(Self { store, pack })
    }

    /// Calls `check`.
    pub(crate) fn check(&mut self, rows: &[u32]) -> Result<Findings, String> {
        let rules = self.pack.perfctl_plugin_rules();
        let found = rules.call_check(&mut self.store, 0, 3 << 28, rows);
        found.map_err(|error| format!("{error:#}"))
    }
}

/// Rows as perfctl hands them over: so many matches of a node each, with so many captures of one node.
pub(crate) fn rows(matches: u32, captures: u32) -> Vec<u32> {
    let each = (0..matches).flat_map(|at| (0..=captures).map(move |capture| (at, capture)));
    let numbered = (0..).zip(each);
    let row = |(number, (at, capture)): (u32, (u32, u32))| {
        let start = 40 * at + 8 * capture;
        [0, capture, start, start + 7, 1 << 28 | (number + 1)]
    };
    numbered.flat_map(row).collect()
}
