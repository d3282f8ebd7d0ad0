//! Where the WIT package and the stubs for Lua differ on purpose.

/// Whether a name is read like a field or called like a method in languages that tell these apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// `node.kind`
    Field,
    /// `node.parent()`
    Method,
}

/// A member of a class that only one side has, or that has another name on the other.
#[derive(Debug)]
pub struct Difference {
    /// The class, as Lua names it.
    pub class: &'static str,
    /// The name in the WIT, with hyphens.
    pub wit: Option<&'static str>,
    /// The name in Lua.
    pub lua: Option<&'static str>,
    /// How SDKs offer the name of the WIT.
    pub access: Access,
    /// Why they differ.
    pub why: &'static str,
}

/// Members that differ.
pub const MEMBERS: &[Difference] = &[
    Difference {
        class: "Span",
        wit: Some("start"),
        lua: Some("first"),
        access: Access::Field,
        why: "bytes count from 1 in Lua and from 0 elsewhere: another name, so that nobody mistakes one for the other",
    },
    Difference {
        class: "Span",
        wit: Some("end"),
        lua: Some("last"),
        access: Access::Field,
        why: "the last byte in Lua, the byte behind it elsewhere",
    },
    Difference {
        class: "Span",
        wit: Some("file"),
        lua: None,
        access: Access::Field,
        why: "a span comes from calls that name the file in Lua; a plugin gets it as a number in a row",
    },
];

/// Classes of the stubs for Lua that are no class in the WIT.
pub const CLASSES: &[(&str, &str)] = &[
    (
        "Image",
        "a record: it is small, has no methods, and comes at once",
    ),
    ("Match", "each SDK's own view of the rows that `check` gets"),
];

/// Types of the stubs for Lua that have no type of that name in the WIT.
pub const TYPES: &[(&str, &str)] = &[
    ("Place", "`place` in the WIT, a number of several kinds"),
    (
        "Finding",
        "rows in the WIT; each SDK has its own way to report",
    ),
    (
        "Report",
        "a function in Lua; each SDK has its own way to report",
    ),
    ("Verdict", "a variant in the WIT"),
    ("Rule", "what a script returns; each SDK has its own"),
    (
        "Fix",
        "in the WIT it says by number which finding it is for",
    ),
    ("Edit", "in the WIT one place and how the text is put there"),
];

/// Fields of records that have another name in Lua.
pub const FIELDS: &[(&str, &str, &str)] = &[
    ("SqlStatement", "start", "first"),
    ("SqlStatement", "end", "last"),
];

/// The difference that a class has under a name of the WIT.
pub fn of(class: &str, wit: &str) -> Option<&'static Difference> {
    MEMBERS
        .iter()
        .find(|difference| difference.class == class && difference.wit == Some(wit))
}
