//! Lowers JavaScript and TypeScript that oxc gives no tree for, by way of tree-sitter, which always has one.
//!
//! The same source gives the same tree here as through oxc (a test holds both to that); only what could not be parsed
//! is lost. The table below says which handler reads which kind of node, in any of the three grammars.

mod annotation;
mod class;
mod declaration;
mod expression;
mod import;
mod jsx;
mod object;
mod postfix;
mod statement;
mod text;

use std::cell::RefCell;
use std::sync::LazyLock;

use perfctl_core::place::ByteSpan;
use tree_sitter::{Language, Parser};

use crate::lower::agenda::{Agenda, Grammar, Handler, nothing, unknown};
use crate::tree::{Builder, Tree};

/// A grammar of this family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// JavaScript, with JSX.
    JavaScript,
    /// TypeScript without JSX.
    TypeScript,
    /// TypeScript with JSX.
    Tsx,
}

impl Dialect {
    /// The dialect of the file at `path`.
    pub(super) fn of(path: &str) -> Self {
        match path.rsplit_once('.') {
            Some((_, "ts" | "mts" | "cts" | "vue" | "svelte")) => Self::TypeScript,
            Some((_, "tsx")) => Self::Tsx,
            _ => Self::JavaScript,
        }
    }

    fn language(self) -> Language {
        match self {
            Self::JavaScript => tree_sitter_javascript::LANGUAGE.into(),
            Self::TypeScript => tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
            Self::Tsx => tree_sitter_typescript::LANGUAGE_TSX.into(),
        }
    }

    fn grammar(self) -> &'static Grammar {
        static JAVASCRIPT: LazyLock<Grammar> = LazyLock::new(|| table(Dialect::JavaScript));
        static TYPESCRIPT: LazyLock<Grammar> = LazyLock::new(|| table(Dialect::TypeScript));
        static TSX: LazyLock<Grammar> = LazyLock::new(|| table(Dialect::Tsx));
        match self {
            Self::JavaScript => &JAVASCRIPT,
            Self::TypeScript => &TYPESCRIPT,
            Self::Tsx => &TSX,
        }
    }
}

fn table(dialect: Dialect) -> Grammar {
    Grammar::new(&dialect.language(), KINDS, unknown, FIELDS)
}

thread_local! {
    static PARSER: RefCell<Parser> = RefCell::new(Parser::new());
}

/// The neutral tree of `source`. `complaint` is why oxc gave up; it is kept where tree-sitter finds nothing wrong, so
/// that a file that came this way always says so.
pub(super) fn lower(
    source: &str,
    dialect: Dialect,
    want_comments: bool,
    complaint: Option<(ByteSpan, String)>,
) -> Tree {
    let parsed = PARSER.with_borrow_mut(|parser| {
        // Refused only when the grammar and the library were built for different versions of each other.
        parser.set_language(&dialect.language()).ok()?;
        parser.parse(source, None)
    });
    let mut tree = match parsed {
        Some(tree) => Agenda::run(dialect.grammar(), source, tree.root_node(), want_comments),
        None => Builder::new(source.len()).finish(),
    };
    if tree.errors.is_empty() {
        let all = ByteSpan::new(0, source.len() as u32);
        tree.errors
            .push(complaint.unwrap_or((all, "the parser gave up".to_owned())));
    }
    tree
}

const FIELDS: &[&str] = &[
    "alias",
    "alternative",
    "argument",
    "arguments",
    "attribute",
    "body",
    "close_tag",
    "condition",
    "consequence",
    "constructor",
    "declaration",
    "decorator",
    "finalizer",
    "flags",
    "function",
    "handler",
    "increment",
    "index",
    "index_type",
    "initializer",
    "key",
    "kind",
    "label",
    "left",
    "member",
    "module",
    "name",
    "object",
    "open_tag",
    "operator",
    "parameter",
    "parameters",
    "pattern",
    "property",
    "return_type",
    "right",
    "source",
    "type",
    "type_arguments",
    "value",
];

const KINDS: &[(&str, Handler)] = &[
    ("program", statement::program),
    ("hash_bang_line", nothing),
    // statements
    ("statement_block", statement::block),
    ("expression_statement", statement::expression),
    ("empty_statement", nothing),
    ("debugger_statement", statement::debugger),
    ("if_statement", statement::branch),
    ("switch_statement", statement::switch),
    ("for_statement", statement::counted),
    ("for_in_statement", statement::loop_over),
    ("while_statement", statement::while_),
    ("do_statement", statement::do_while),
    ("try_statement", statement::attempt),
    ("with_statement", statement::with),
    ("break_statement", statement::break_),
    ("continue_statement", statement::continue_),
    ("return_statement", statement::return_),
    ("throw_statement", statement::throw),
    ("labeled_statement", statement::labelled),
    ("statement_identifier", nothing),
    // declarations
    ("lexical_declaration", declaration::variables),
    ("variable_declaration", declaration::variables),
    ("using_declaration", declaration::variables),
    ("function_declaration", declaration::function),
    ("generator_function_declaration", declaration::function),
    ("function_signature", declaration::function),
    ("function_expression", declaration::function_expression),
    ("generator_function", declaration::function_expression),
    ("arrow_function", declaration::arrow),
    ("type_alias_declaration", declaration::type_alias),
    ("module", declaration::namespace),
    ("internal_module", declaration::namespace),
    ("ambient_declaration", declaration::ambient),
    ("class_declaration", class::class),
    ("abstract_class_declaration", class::class),
    ("class", class::class),
    ("method_definition", class::method),
    ("method_signature", class::method),
    ("abstract_method_signature", class::method),
    ("field_definition", class::field),
    ("public_field_definition", class::field),
    ("class_static_block", class::static_block),
    ("index_signature", class::index_signature),
    ("interface_declaration", class::interface),
    ("property_signature", class::property_signature),
    ("call_signature", class::call_signature),
    ("construct_signature", class::construct_signature),
    ("enum_declaration", class::enumeration),
    ("import_statement", import::import),
    ("import_alias", import::alias),
    ("export_statement", import::export),
    // expressions
    ("identifier", expression::name),
    ("property_identifier", expression::name),
    ("private_property_identifier", expression::name),
    ("shorthand_property_identifier", expression::name),
    ("shorthand_property_identifier_pattern", expression::name),
    ("this", expression::name),
    ("super", expression::name),
    ("import", expression::name),
    ("undefined", expression::null),
    ("null", expression::null),
    ("true", expression::boolean),
    ("false", expression::boolean),
    ("number", expression::number),
    ("string", expression::string),
    ("template_string", expression::template),
    ("regex", expression::regex),
    ("parenthesized_expression", expression::parenthesized),
    ("sequence_expression", expression::sequence),
    ("assignment_expression", expression::assignment),
    ("augmented_assignment_expression", expression::augmented),
    ("await_expression", expression::await_),
    ("yield_expression", expression::yield_),
    ("unary_expression", expression::unary),
    ("update_expression", expression::unary),
    ("binary_expression", expression::binary),
    ("ternary_expression", expression::ternary),
    ("member_expression", postfix::chain),
    ("nested_identifier", expression::nested),
    ("subscript_expression", postfix::chain),
    ("meta_property", expression::meta),
    ("call_expression", postfix::chain),
    ("new_expression", expression::new_),
    ("spread_element", expression::spread),
    ("as_expression", expression::first),
    ("satisfies_expression", expression::first),
    ("non_null_expression", postfix::chain),
    ("instantiation_expression", expression::first),
    ("type_assertion", expression::last),
    ("array", object::array),
    ("object", object::object),
    ("pair", object::pair),
    ("array_pattern", object::array_pattern),
    ("object_pattern", object::object_pattern),
    ("pair_pattern", object::pair),
    ("assignment_pattern", object::default),
    ("object_assignment_pattern", object::default),
    ("rest_pattern", expression::spread),
    ("computed_property_name", expression::first),
    ("jsx_element", jsx::element),
    ("jsx_self_closing_element", jsx::element),
    ("jsx_expression", jsx::expression),
    ("jsx_text", nothing),
    ("html_character_reference", nothing),
    // types
    ("type_annotation", annotation::inner),
    ("type_predicate_annotation", annotation::inner),
    ("asserts_annotation", annotation::inner),
    ("omitting_type_annotation", annotation::inner),
    ("adding_type_annotation", annotation::inner),
    ("opting_type_annotation", annotation::inner),
    ("asserts", annotation::predicate),
    ("type_predicate", annotation::predicate),
    ("parenthesized_type", annotation::inner),
    ("readonly_type", annotation::inner),
    ("flow_maybe_type", annotation::inner),
    ("optional_type", annotation::inner),
    ("template_type", annotation::inner),
    ("predefined_type", annotation::word),
    ("type_identifier", annotation::word),
    ("this_type", annotation::word),
    ("nested_type_identifier", annotation::nested),
    ("generic_type", annotation::generic),
    ("array_type", annotation::array),
    ("lookup_type", annotation::lookup),
    ("tuple_type", annotation::tuple),
    ("rest_type", annotation::rest),
    ("union_type", annotation::operands),
    ("intersection_type", annotation::operands),
    ("index_type_query", annotation::query),
    ("type_query", annotation::query),
    ("literal_type", annotation::literal),
    ("object_type", annotation::object),
    ("function_type", annotation::function),
    ("constructor_type", annotation::function),
    ("conditional_type", annotation::conditional),
    ("infer_type", annotation::opaque),
    ("template_literal_type", annotation::template),
];
