//! What some methods return.

// Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.

use crate::bindings::rule_pack::perfctl::plugin::types as raw;
use crate::model::{DockerStage, Instruction, Node, Span};

/// One call on the way to an effect.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Hop {
    /// The file.
    pub path: String,
    /// The function that makes the call.
    pub symbol: String,
    /// What it calls.
    pub callee: String,
    /// The call; absent when its file cannot be read any more.
    pub node: Option<Node>,
}

impl Hop {
    pub(crate) fn read(raw: raw::Hop) -> Self {
        Self {
            path: raw.path,
            symbol: raw.symbol,
            callee: raw.callee,
            node: raw.node.map(Node),
        }
    }
}

/// One function on a route.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stop {
    /// The file.
    pub path: String,
    /// Its qualified name.
    pub symbol: String,
}

impl Stop {
    pub(crate) fn read(raw: raw::Stop) -> Self {
        Self {
            path: raw.path,
            symbol: raw.symbol,
        }
    }
}

/// One use of a value.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Use {
    /// The name that stands for it; the expression itself in the first.
    pub node: Node,
    /// The outermost expression that carries it.
    pub top: Node,
    /// The calls that it is given to on the way there, innermost first.
    pub calls: Vec<Node>,
}

impl Use {
    pub(crate) fn read(raw: raw::Use) -> Self {
        Self {
            node: Node(raw.node),
            top: Node(raw.top),
            calls: raw.calls.into_iter().map(Node).collect(),
        }
    }
}

/// A reference to an image.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Image {
    /// As written.
    pub written: String,
    /// With variables filled in as far as they are known.
    pub resolved: String,
    /// Its name without registry, tag and digest: `python`, `library/python`; none when a variable decides it.
    pub name: Option<String>,
    /// The last part of its name.
    pub short_name: Option<String>,
    /// Its registry.
    pub registry: Option<String>,
    /// Its tag.
    pub tag: Option<String>,
    /// Its digest.
    pub digest: Option<String>,
    /// Whether it is `scratch`.
    pub is_scratch: bool,
    /// Whether a variable without a value decides a part of it.
    pub is_unknown: bool,
}

impl Image {
    pub(crate) fn read(raw: raw::Image) -> Self {
        Self {
            written: raw.written,
            resolved: raw.resolved,
            name: raw.name,
            short_name: raw.short_name,
            registry: raw.registry,
            tag: raw.tag,
            digest: raw.digest,
            is_scratch: raw.is_scratch,
            is_unknown: raw.is_unknown,
        }
    }
}

/// Something that a stage takes from elsewhere.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Feed {
    /// The stage that it comes from.
    pub stage: Option<DockerStage>,
    /// The image that it comes from.
    pub image: Option<Image>,
    /// How it is taken: `copy` for `COPY --from`, `mount` for a mount of RUN.
    pub kind: String,
    /// The instruction that takes it.
    pub instruction: Instruction,
    /// Where the source is named.
    pub at: Span,
}

impl Feed {
    pub(crate) fn read(raw: raw::Feed) -> Self {
        Self {
            stage: raw.stage.map(DockerStage),
            image: raw.image.map(Image::read),
            kind: raw.kind,
            instruction: Instruction(raw.instruction),
            at: Span(raw.at),
        }
    }
}

/// A table in a statement of SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SqlTable {
    /// Its name.
    pub name: String,
    /// What it is: `base`, `cte`, `derived`, `function`, `catalog` or `hole`.
    pub kind: String,
    /// The name that the statement gives it.
    pub alias: Option<String>,
}

impl SqlTable {
    pub(crate) fn read(raw: raw::SqlTable) -> Self {
        Self {
            name: raw.name,
            kind: raw.kind,
            alias: raw.alias,
        }
    }
}

/// The `*` or `t.*` that a statement selects. Positions are bytes of the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SqlStar {
    /// Its first byte.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What stands before the dot.
    pub qualifier: Option<String>,
}

impl SqlStar {
    pub(crate) fn read(raw: raw::SqlStar) -> Self {
        Self {
            start: raw.start,
            end: raw.end,
            qualifier: raw.qualifier,
        }
    }
}

/// What a filter compares.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SqlComparison {
    /// The column.
    pub column: String,
    /// How: `equal`, `range`, `in`, `like`, `null` or `other`.
    pub operator: String,
}

impl SqlComparison {
    pub(crate) fn read(raw: raw::SqlComparison) -> Self {
        Self {
            column: raw.column,
            operator: raw.operator,
        }
    }
}

/// A statement of SQL. Positions are bytes of the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SqlStatement {
    /// What it does: `select`, `insert`, `update`, `delete`, `ddl` or `other`.
    pub kind: String,
    /// Its first byte.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The `*` or `t.*` that it selects, if it does.
    pub star: Option<SqlStar>,
    /// Whether it returns `*`.
    pub returning_star: bool,
    /// Whether it has a limit: `yes`, `no` or `unknown`.
    pub limit: String,
    /// Whether it filters rows: `yes`, `no` or `unknown`.
    pub filter: String,
    /// What its filter compares.
    pub compares: Vec<SqlComparison>,
    /// What it orders by.
    pub order_by: Vec<String>,
    /// Whether it selects aggregates only.
    pub aggregates_only: bool,
    /// Every table that is read.
    pub reads: Vec<SqlTable>,
    /// Every table that is written.
    pub writes: Vec<SqlTable>,
    /// The tables of its outermost FROM.
    pub sources: Vec<SqlTable>,
}

impl SqlStatement {
    pub(crate) fn read(raw: raw::SqlStatement) -> Self {
        Self {
            kind: raw.kind,
            start: raw.start,
            end: raw.end,
            star: raw.star.map(SqlStar::read),
            returning_star: raw.returning_star,
            limit: raw.limit,
            filter: raw.filter,
            compares: raw.compares.into_iter().map(SqlComparison::read).collect(),
            order_by: raw.order_by,
            aggregates_only: raw.aggregates_only,
            reads: raw.reads.into_iter().map(SqlTable::read).collect(),
            writes: raw.writes.into_iter().map(SqlTable::read).collect(),
            sources: raw.sources.into_iter().map(SqlTable::read).collect(),
        }
    }
}

/// Where a file is deployed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeployTarget {
    /// The platform: `lambda`, `kubernetes`.
    pub name: String,
    /// The file that says so.
    pub path: String,
    /// Whether nothing runs there while nobody asks, so that a request may wait for a start.
    pub scales_to_zero: bool,
}

impl DeployTarget {
    pub(crate) fn read(raw: raw::DeployTarget) -> Self {
        Self {
            name: raw.name,
            path: raw.path,
            scales_to_zero: raw.scales_to_zero,
        }
    }
}
