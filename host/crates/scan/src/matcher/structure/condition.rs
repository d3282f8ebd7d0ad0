//! What a structural matcher asks of a syntax node, as data: the words of ast-grep's rule objects without their YAML.

use ast_grep_core::MatchStrictness;
use toml::{Table, Value};

/// What must hold of a node. All of what is given must hold, and at least one part must be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// It looks like this code.
    pub pattern: Option<PatternText>,
    /// It is of a kind of the grammar's, or fits a selector such as `call > identifier`.
    pub kind: Option<String>,
    /// A regular expression matches in its text.
    pub regex: Option<String>,
    /// It stands at a position among its named siblings.
    pub nth_child: Option<NthChild>,
    /// A node around it fits.
    pub inside: Option<Box<Relation>>,
    /// A node below it fits.
    pub has: Option<Box<Relation>>,
    /// A sibling after it fits.
    pub precedes: Option<Box<Relation>>,
    /// A sibling before it fits.
    pub follows: Option<Box<Relation>>,
    /// Every one of these holds.
    pub all: Vec<Condition>,
    /// One of these holds, when there are any.
    pub any: Vec<Condition>,
    /// This does not hold.
    pub not: Option<Box<Condition>>,
}

/// Code with variables: `$NAME` stands for one node, `$$$NAME` for any number of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternText {
    /// The code.
    pub code: String,
    /// The kind of node within the code that is meant; the outermost one without it.
    pub selector: Option<String>,
    /// How closely the code must be met.
    pub strictness: Strictness,
}

/// How closely code must meet a pattern.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Every token counts.
    Cst,
    /// Tokens that the pattern leaves out, such as a last comma, may stand in the code.
    #[default]
    Smart,
    /// Only named nodes count: quotes of either kind are equal.
    Ast,
    /// As `Ast`, comments left out.
    Relaxed,
    /// As `Relaxed`, texts left out.
    Signature,
}

impl Strictness {
    /// Every step with its word.
    pub const WORDS: &'static [(&'static str, Strictness)] = &[
        ("cst", Strictness::Cst),
        ("smart", Strictness::Smart),
        ("ast", Strictness::Ast),
        ("relaxed", Strictness::Relaxed),
        ("signature", Strictness::Signature),
    ];

    pub(super) fn to_ast_grep(self) -> MatchStrictness {
        match self {
            Strictness::Cst => MatchStrictness::Cst,
            Strictness::Smart => MatchStrictness::Smart,
            Strictness::Ast => MatchStrictness::Ast,
            Strictness::Relaxed => MatchStrictness::Relaxed,
            Strictness::Signature => MatchStrictness::Signature,
        }
    }

    fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, step)| *step == self)
            .map_or("smart", |(word, _)| word)
    }
}

/// A node elsewhere in the tree that must fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// What must hold of it.
    pub condition: Condition,
    /// How far it is looked for.
    pub stop: Stop,
    /// The field of the outer node in which the inner one must stand; for `inside` and `has`.
    pub field: Option<String>,
}

/// How far a related node is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stop {
    /// The nearest only.
    #[default]
    Neighbor,
    /// To the end: the root, the leaves, the last sibling.
    End,
    /// To the first node of which this holds, that one included.
    At(Box<Condition>),
}

/// A position among the named siblings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NthChild {
    /// A number from 1, or a formula such as `2n+1`.
    pub position: String,
    /// The siblings that are counted; all without it.
    pub of: Option<Box<Condition>>,
    /// Whether it is counted from the end.
    pub reverse: bool,
}

// ast-grep's own types can be filled in no other way: their fields' types are not exported.
impl Condition {
    pub(super) fn to_value(&self) -> Value {
        Value::Table(self.to_table())
    }

    fn to_table(&self) -> Table {
        let mut table = Table::new();
        let mut set = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                table.insert(key.to_owned(), value);
            }
        };
        let list = |list: &[Condition]| {
            (!list.is_empty()).then(|| Value::Array(list.iter().map(Condition::to_value).collect()))
        };
        let relation = |relation: &Option<Box<Relation>>| {
            relation.as_ref().map(|relation| relation.to_value())
        };
        set("pattern", self.pattern.as_ref().map(PatternText::to_value));
        set("kind", self.kind.clone().map(Value::String));
        set("regex", self.regex.clone().map(Value::String));
        set("nthChild", self.nth_child.as_ref().map(NthChild::to_value));
        set("inside", relation(&self.inside));
        set("has", relation(&self.has));
        set("precedes", relation(&self.precedes));
        set("follows", relation(&self.follows));
        set("all", list(&self.all));
        set("any", list(&self.any));
        set("not", self.not.as_ref().map(|not| not.to_value()));
        table
    }
}

impl PatternText {
    /// Code that is met in the usual way.
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            selector: None,
            strictness: Strictness::Smart,
        }
    }

    pub(super) fn to_value(&self) -> Value {
        let mut table = Table::new();
        table.insert("context".to_owned(), self.code.clone().into());
        if let Some(selector) = &self.selector {
            table.insert("selector".to_owned(), selector.clone().into());
        }
        table.insert("strictness".to_owned(), self.strictness.word().into());
        Value::Table(table)
    }
}

impl Relation {
    fn to_value(&self) -> Value {
        let mut table = self.condition.to_table();
        let stop = match &self.stop {
            Stop::Neighbor => "neighbor".into(),
            Stop::End => "end".into(),
            Stop::At(condition) => condition.to_value(),
        };
        table.insert("stopBy".to_owned(), stop);
        if let Some(field) = &self.field {
            table.insert("field".to_owned(), field.clone().into());
        }
        Value::Table(table)
    }
}

impl NthChild {
    fn to_value(&self) -> Value {
        let mut table = Table::new();
        table.insert("position".to_owned(), self.position.clone().into());
        table.insert("reverse".to_owned(), self.reverse.into());
        if let Some(of) = &self.of {
            table.insert("ofRule".to_owned(), of.to_value());
        }
        Value::Table(table)
    }
}
