//! Lowers Go, by way of tree-sitter, to the neutral tree.
//!
//! The table below says which handler reads which kind of node; the handlers lie in the files of this folder. Nothing here
//! knows where the source comes from. Where [`Kind`] leaves a choice, this is how Go fills it:
//! - The package clause, labels, type parameters and the names of results are left out, the length of an array too.
//! - Several results, targets and values are a [`Kind::List`] with `TUPLE`; a list without it is a slice. Several name-value pairs
//!   where one node belongs (`if a, b := 1, 2; ...`) are a [`Kind::Block`].
//! - `[]byte(x)` and `x.(T)` are a [`Kind::Call`] of the type with `COMPOSITE`. An element that leaves its type out gets it from the
//!   literal around it, as a callee without text. The type arguments of a callee or base are left out.
//! - A type that is no struct or interface is an [`Kind::Assign`] of the type it stands for, with `TYPE_ONLY`. Members of a
//!   struct written in place are [`Kind::Pair`]s. A field's tag is its `Decorator`.
//! - `switch v := x.(type)` has the `Assign` of `x` to `v` as its value. A receiving `case` has its `Assign` or `<-` as test.
//! - A rune is a [`Kind::Str`], the unary `^` is `~`, `goto` and `fallthrough` are [`Kind::Other`].

mod annotation;
mod composite;
mod declaration;
mod expression;
mod statement;
#[cfg(test)]
mod tests;
mod text;

use std::cell::RefCell;
use std::sync::LazyLock;

use perfctl_core::place::ByteSpan;
use tree_sitter::Parser;

use super::agenda::{Agenda, Grammar, Handler, nothing, unknown};
#[cfg(doc)]
use crate::tree::Kind;
use crate::tree::{Builder, Tree};

thread_local! {
    static PARSER: RefCell<Parser> = RefCell::new(Parser::new());
}

/// The neutral tree of `source`. There always is one: what could not be parsed stands in [`Tree::errors`].
pub fn lower(source: &str, want_comments: bool) -> Tree {
    let parsed = PARSER.with_borrow_mut(|parser| {
        // Refused only when the grammar and the library were built for different versions of each other.
        parser.set_language(&tree_sitter_go::LANGUAGE.into()).ok()?;
        // The grammar wants the end of a line after the last declaration of a file, the language does not.
        let mut read = |at: usize, _| match source.as_bytes().get(at..) {
            Some(rest) if !rest.is_empty() => rest,
            Some(_) => b"\n".as_slice(),
            None => b"".as_slice(),
        };
        parser.parse_with_options(&mut read, None, None)
    });
    match parsed {
        Some(tree) => Agenda::run(&GRAMMAR, source, tree.root_node(), want_comments),
        None => {
            let mut builder = Builder::new(source.len());
            let all = ByteSpan::new(0, source.len() as u32);
            builder.error(all, "the parser for Go gave up".to_owned());
            builder.finish()
        }
    }
}

static GRAMMAR: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::new(&tree_sitter_go::LANGUAGE.into(), KINDS, unknown, FIELDS));

const FIELDS: &[&str] = &[
    "alias",
    "alternative",
    "arguments",
    "body",
    "capacity",
    "communication",
    "condition",
    "consequence",
    "element",
    "end",
    "field",
    "function",
    "index",
    "initializer",
    "key",
    "left",
    "name",
    "operand",
    "operator",
    "package",
    "parameters",
    "path",
    "receiver",
    "result",
    "right",
    "start",
    "tag",
    "type",
    "type_arguments",
    "update",
    "value",
    "channel",
];

const KINDS: &[(&str, Handler)] = &[
    ("source_file", statement::file),
    ("package_clause", nothing),
    ("import_declaration", declaration::imports),
    ("import_spec_list", declaration::import_list),
    ("import_spec", declaration::import),
    ("const_declaration", declaration::constants),
    ("const_spec", declaration::constant),
    ("var_declaration", declaration::variables),
    ("var_spec_list", declaration::variables),
    ("var_spec", declaration::variable),
    ("type_declaration", declaration::type_declaration),
    ("type_spec", declaration::type_spec),
    ("type_alias", declaration::type_spec),
    ("function_declaration", declaration::function),
    ("method_declaration", declaration::function),
    ("func_literal", declaration::function_literal),
    // statements
    ("block", statement::block),
    ("statement_list", statement::list),
    ("empty_statement", nothing),
    ("expression_statement", statement::expression),
    ("send_statement", statement::send),
    ("receive_statement", statement::receive),
    ("inc_statement", statement::increment),
    ("dec_statement", statement::increment),
    ("assignment_statement", statement::assignment),
    ("short_var_declaration", statement::short_declaration),
    ("labeled_statement", statement::labelled),
    ("label_name", nothing),
    ("fallthrough_statement", statement::other_jump),
    ("goto_statement", statement::other_jump),
    ("break_statement", statement::break_),
    ("continue_statement", statement::continue_),
    ("return_statement", statement::return_),
    ("go_statement", statement::go),
    ("defer_statement", statement::defer),
    ("if_statement", statement::branch),
    ("for_statement", statement::loop_),
    ("expression_switch_statement", statement::switch),
    ("type_switch_statement", statement::type_switch),
    ("select_statement", statement::select),
    ("expression_case", statement::case),
    ("type_case", statement::case),
    ("communication_case", statement::case),
    ("default_case", statement::case),
    // expressions
    ("identifier", expression::name),
    ("field_identifier", expression::name),
    ("package_identifier", expression::name),
    ("blank_identifier", expression::name),
    ("iota", expression::name),
    ("nil", expression::nil),
    ("true", expression::boolean),
    ("false", expression::boolean),
    ("int_literal", expression::number),
    ("float_literal", expression::number),
    ("imaginary_literal", expression::number),
    ("rune_literal", expression::string),
    ("raw_string_literal", expression::string),
    ("interpreted_string_literal", expression::string),
    ("parenthesized_expression", expression::inner),
    ("expression_list", expression::list),
    ("unary_expression", expression::unary),
    ("binary_expression", expression::binary),
    ("selector_expression", expression::selector),
    ("index_expression", expression::index),
    ("slice_expression", expression::slice),
    ("call_expression", expression::call),
    ("variadic_argument", expression::variadic),
    ("type_assertion_expression", expression::conversion),
    ("type_conversion_expression", expression::conversion),
    ("type_instantiation_expression", expression::instantiation),
    ("composite_literal", composite::literal),
    ("literal_value", composite::untyped),
    ("literal_element", expression::inner),
    // types
    ("type_identifier", annotation::name),
    ("qualified_type", annotation::qualified),
    ("pointer_type", expression::inner),
    ("parenthesized_type", expression::inner),
    ("generic_type", annotation::generic),
    ("slice_type", annotation::slice),
    ("array_type", annotation::slice),
    ("implicit_length_array_type", annotation::slice),
    ("map_type", annotation::map),
    ("channel_type", annotation::channel),
    ("function_type", annotation::function),
    ("struct_type", annotation::structure),
    ("interface_type", annotation::interface),
    ("negated_type", expression::inner),
    ("type_elem", annotation::union),
    ("type_constraint", annotation::union),
];
