//! Whether a component keeps to the contract: what it imports and exports, by name and version, in words for its author.

use std::collections::BTreeSet;

use wasmtime::component::types::ComponentItem;

/// The package of the contract.
const PACKAGE: &str = "perfctl:plugin/";

/// The version of the contract that this program speaks.
pub const VERSION: &str = "0.1.0";

/// The versions whose components run here, the newest of each track.
///
/// This is the seam at which older versions are taken in, and the only place that knows of them. A perfctl that speaks a newer contract keeps the older
/// version in this list; [`Surface::track`] says as which of them a component runs, and where it is linked, once, that decides what is put on the
/// linker: for an older one its own bindings, each function over that of the newest. What lies behind the linker knows the newest version and no
/// other. There is no older version yet, so there is one kind of linker.
const SPOKEN: [&str; 1] = [VERSION];

/// The capability to look at files beside those that are judged, and the interface that needs it.
pub const FILES: &str = "files";

/// The worlds of the contract: name and the interface that tells them apart.
const WORLDS: [(World, &str); 3] = [
    (World::RulePack, "rules"),
    (World::Collector, "collection"),
    (World::Reporter, "rendering"),
];

/// What a plugin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// A pack of rules.
    RulePack,
    /// Collectors.
    Collector,
    /// Formats of reports.
    Reporter,
}

impl World {
    /// Its name in the WIT.
    pub fn name(self) -> &'static str {
        match self {
            Self::RulePack => "rule-pack",
            Self::Collector => "collector",
            Self::Reporter => "reporter",
        }
    }
}

/// What a component imports and exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surface {
    /// Its world.
    pub world: World,
    /// The version of the contract that it was built for.
    pub version: String,
    /// Everything that it imports, sorted.
    pub imports: Vec<String>,
    /// Everything that it exports, sorted.
    pub exports: Vec<String>,
}

impl Surface {
    /// The capabilities without which it cannot be linked.
    pub fn capabilities(&self) -> Vec<&'static str> {
        let asks = self
            .imports
            .iter()
            .any(|import| interface(import).is_some_and(|(name, _)| name == FILES));
        asks.then_some(FILES).into_iter().collect()
    }
}

/// Name and version of an interface of the contract.
fn interface(written: &str) -> Option<(&str, &str)> {
    written.strip_prefix(PACKAGE)?.split_once('@')
}

/// What has to be the same in two versions for one to stand for the other. Before 1.0 that is the second number; drafts (`0.1.0-rc.1`) promise nothing.
fn track(version: &str) -> Option<(u64, u64)> {
    let numbers: Result<Vec<u64>, _> = version.split('.').map(str::parse).collect();
    match *numbers.ok()? {
        [0, minor, _] => Some((0, minor)),
        [major, _, _] => Some((major, 0)),
        _ => None,
    }
}

/// The version of [`SPOKEN`] as which a plugin built for `version` runs here.
fn spoken(version: &str) -> Option<&'static str> {
    let wanted = track(version)?;
    let mut all = SPOKEN.into_iter();
    all.find(|known| track(known) == Some(wanted))
}

/// Reads what a component imports and exports.
///
/// # Errors
/// When it is no plugin, or one for another version of the contract.
pub(crate) fn surface(component: &wasmtime::component::Component) -> Result<Surface, String> {
    let engine = component.engine();
    let ty = component.component_type();
    let imports = ty.imports(engine).map(|(name, item)| {
        let kind = match item.ty {
            ComponentItem::ComponentInstance(_) => "",
            _ => " (no interface)",
        };
        format!("{name}{kind}")
    });
    let mut imports: Vec<String> = imports.collect();
    imports.sort();
    let mut exports: Vec<String> = ty
        .exports(engine)
        .map(|(name, _)| name.to_owned())
        .collect();
    exports.sort();
    let known = exports.iter().find_map(|export| {
        let (name, version) = interface(export)?;
        let (world, _) = WORLDS.iter().find(|(_, marker)| *marker == name)?;
        Some((*world, version.to_owned()))
    });
    let Some((world, version)) = known else {
        let exports = match exports.as_slice() {
            [] => "nothing".to_owned(),
            some => some.join(", "),
        };
        return Err(format!(
            "it is no plugin: it exports {exports}, and none of {}",
            WORLDS
                .map(|(_, marker)| format!("{PACKAGE}{marker}@{VERSION}"))
                .join(", ")
        ));
    };
    let surface = Surface {
        world,
        version,
        imports,
        exports,
    };
    surface.check()?;
    Ok(surface)
}

impl Surface {
    /// The version of the contract as which it runs here.
    pub fn track(&self) -> Option<&'static str> {
        spoken(&self.version)
    }

    fn check(&self) -> Result<(), String> {
        let all = self.imports.iter().chain(&self.exports);
        let versions = all.filter_map(|name| interface(name));
        let versions = versions.map(|(_, version)| version);
        let versions: BTreeSet<&str> = versions.chain([self.version.as_str()]).collect();
        let here = SPOKEN.join(", ");
        if versions.len() > 1 {
            let mixed: Vec<&str> = versions.into_iter().collect();
            return Err(format!(
                "it mixes versions {} of the plugin contract, and this perfctl speaks version {here}: build all of it with one SDK, for {VERSION}",
                mixed.join(" and ")
            ));
        }
        if self.track().is_none() {
            let other = &self.version;
            return Err(format!(
                "it was built for version {other} of the plugin contract, and this perfctl speaks version {here}: build it with an SDK for {VERSION}, or use a perfctl that speaks {other}"
            ));
        }
        let foreign = self
            .imports
            .iter()
            .find(|import| interface(import).is_none());
        let Some(foreign) = foreign else {
            return Ok(());
        };
        let what_to_do = match foreign.starts_with("wasi:") {
            true => {
                ": plugins have no files, network, clock or environment; `perfctl plugin build` stubs out what an interpreter brings along"
            }
            false => ": a plugin may import the interfaces of its contract and nothing else",
        };
        Err(format!("it imports `{foreign}`{what_to_do}"))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use perfctl_runtime::runner::Outcome;

    use super::*;
    use crate::engine::Engine;
    use crate::hostile::{self, guest};

    fn surface(version: &str, imports: &[&str]) -> Surface {
        Surface {
            world: World::RulePack,
            version: version.to_owned(),
            imports: imports.iter().map(ToString::to_string).collect(),
            exports: Vec::new(),
        }
    }

    #[test]
    fn a_later_patch_is_spoken_another_minor_is_not() {
        for (version, speaks) in [
            ("0.1.0", true),
            ("0.1.9", true),
            ("0.2.0", false),
            ("1.1.0", false),
            ("1", false),
            ("0.1", false),
            ("0.1.1-rc.1", false),
            ("", false),
        ] {
            let runs_as = speaks.then_some(VERSION);
            assert_eq!(spoken(version), runs_as, "{version}");
        }
    }

    /// The bytes of a component of a core module, built for another version of the contract.
    fn built_for(version: &str, core: &str) -> Vec<u8> {
        let (ours, theirs) = (format!("@{VERSION}"), format!("@{version}"));
        let dir = tempfile::tempdir().expect("a folder");
        for entry in std::fs::read_dir(guest::contract()).expect("the contract") {
            let path = entry.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("a text");
            let copy = dir.path().join(path.file_name().expect("a name"));
            // A function that came later.
            let text = text.replace("interface log {", "interface log { blink: func();");
            std::fs::write(copy, text.replace(&ours, &theirs)).expect("written");
        }
        guest::component_of(&core.replace(&ours, &theirs), dir.path())
    }

    /// What is said of a component that imports and exports these interfaces of the contract.
    fn said(engine: &Engine, imports: &[&str], export: &str) -> Result<Surface, String> {
        let imports = imports.iter();
        let imports: String = imports
            .map(|name| format!("(import \"{PACKAGE}{name}\" (instance))"))
            .collect();
        let text = format!(
            "(component {imports} (instance $i) (export \"{PACKAGE}{export}\" (instance $i)))"
        );
        let bytes = wat::parse_str(&text).expect("a component in WAT");
        let component = wasmtime::component::Component::new(engine.inner(), bytes);
        super::surface(&component.expect("a component"))
    }

    #[test]
    fn other_versions_are_refused_in_every_world_and_both_are_named() {
        let engine = Engine::new().expect("an engine");
        for (world, marker) in WORLDS {
            let log = |version: &str| format!("log@{version}");
            let of = |version: &str| format!("{marker}@{version}");
            let known = said(&engine, &[&log(VERSION)], &of(VERSION));
            assert_eq!(known.map(|known| known.world), Ok(world));
            for version in ["0.0.9", "0.2.0", "1.0.0", "0.1.1-rc.1"] {
                let refused = said(&engine, &[&log(version)], &of(version));
                let refused = refused.expect_err(version);
                for what in [
                    format!("built for version {version} of"),
                    format!("speaks version {VERSION}: build it with an SDK for {VERSION}"),
                    format!("use a perfctl that speaks {version}"),
                ] {
                    assert!(refused.contains(&what), "{what}: {refused}");
                }
                // Half of one and half of the other, whichever is imported.
                for (imports, export) in [
                    (vec![log(version)], VERSION),
                    (vec![log(VERSION)], version),
                    (vec![log(VERSION), log(version)], VERSION),
                ] {
                    let imports: Vec<&str> = imports.iter().map(String::as_str).collect();
                    let refused = said(&engine, &imports, &of(export));
                    let refused = refused.expect_err("a mixture");
                    let is_told = refused.starts_with("it mixes versions ")
                        && refused.contains(version)
                        && refused.contains(&format!("one SDK, for {VERSION}"));
                    assert!(is_told, "{imports:?} {export}: {refused}");
                }
            }
            // Each could run, and nobody builds such a thing on purpose.
            let refused = said(&engine, &[&log("0.1.3")], &of(VERSION));
            let refused = refused.expect_err("two patches");
            assert!(
                refused.contains("mixes versions 0.1.0 and 0.1.3"),
                "{refused}"
            );
        }
    }

    #[test]
    fn a_component_of_another_version_does_not_start_whatever_its_world() {
        let engine = Arc::new(Engine::new().expect("an engine"));
        let core = guest::with_print("(call $print (i32.const 0) (i32.const 0)) (call $none)");
        let bytes = built_for("0.2.0", &core);
        let pack = hostile::pack("new", "NEW-001", hostile::component(&engine, bytes));
        let out = hostile::run(hostile::repository(1).path(), &[pack]);
        let outcome = out.outcomes.into_values().next();
        let Some(Outcome::Error(why)) = outcome else {
            panic!("{outcome:?}")
        };
        let both = why.contains("built for version 0.2.0") && why.contains("speaks version 0.1.0");
        assert!(both && out.findings.is_empty(), "{why}");
    }

    #[test]
    fn components_of_later_patches_run_until_they_use_what_came_later() {
        let engine = Arc::new(Engine::new().expect("an engine"));
        let outcome = |bytes: Vec<u8>| {
            let pack = hostile::pack("late", "LATE-001", hostile::component(&engine, bytes));
            let out = hostile::run(hostile::repository(1).path(), &[pack]);
            let outcome = out.outcomes.into_values().next();
            (outcome.expect("it ran"), out.findings.len())
        };
        let (ran, findings) = outcome(built_for("0.1.7", &guest::good()));
        assert_eq!((ran, findings), (Outcome::Examined, 1));
        let import = r#"(import "perfctl:plugin/log@0.1.0" "blink" (func $blink))"#;
        let core = guest::module(import, "(call $blink) (call $none)", "(call $none)");
        let (ran, _) = outcome(built_for("0.1.7", &core));
        let Outcome::Error(why) = ran else {
            panic!("{ran:?}")
        };
        let both = why.contains("built for version 0.1.7") && why.contains("speaks version 0.1.0");
        assert!(both, "{why}");
    }

    #[test]
    fn what_is_not_of_the_contract_is_named() {
        let ours = "perfctl:plugin/node@0.1.0";
        assert_eq!(surface("0.1.0", &[ours]).check(), Ok(()));
        let refused = surface("0.1.0", &[ours, "wasi:filesystem/types@0.2.9"]).check();
        assert!(
            refused
                .expect_err("WASI")
                .contains("`wasi:filesystem/types@0.2.9`")
        );
        let refused = surface("0.1.0", &["env (no interface)"]).check();
        assert!(refused.expect_err("unknown").contains("nothing else"));
    }

    #[test]
    fn capabilities_are_what_is_imported() {
        assert_eq!(
            surface("0.1.0", &["perfctl:plugin/files@0.1.0"]).capabilities(),
            ["files"]
        );
        assert!(
            surface("0.1.0", &["perfctl:plugin/file@0.1.0"])
                .capabilities()
                .is_empty()
        );
    }
}
