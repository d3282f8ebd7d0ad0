//! Whether a component keeps to the contract: what it imports and exports, by name and version, in words for its author.

use wasmtime::component::types::ComponentItem;

/// The package of the contract.
const PACKAGE: &str = "perfctl:plugin/";

/// The version of the contract that this program speaks.
pub const VERSION: &str = "0.1.0";

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

/// Whether a plugin built for `version` can run here. Before 1.0 the second number tells what belongs together.
fn is_compatible(version: &str) -> bool {
    let track = |version: &str| -> Option<(u64, u64)> {
        let mut numbers = version.split('.').map(str::parse);
        let (major, minor) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
        Some((major, if major == 0 { minor } else { 0 }))
    };
    track(version).is_some() && track(version) == track(VERSION)
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
    fn check(&self) -> Result<(), String> {
        let versions = self.imports.iter().filter_map(|import| interface(import));
        let mut versions = versions
            .map(|(_, version)| version)
            .chain([self.version.as_str()]);
        if let Some(other) = versions.find(|version| !is_compatible(version)) {
            return Err(format!(
                "it was built for version {other} of the plugin contract, and this perfctl speaks version {VERSION}: build it with an SDK for {VERSION}, or use a perfctl that speaks {other}"
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
    use super::*;

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
            ("", false),
        ] {
            assert_eq!(is_compatible(version), speaks, "{version}");
        }
        let refused = surface("0.1.0", &["perfctl:plugin/node@0.2.0"]).check();
        let refused = refused.expect_err("another version");
        assert!(
            refused.contains("0.2.0") && refused.contains("0.1.0"),
            "{refused}"
        );
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
