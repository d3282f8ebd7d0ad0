//! Functions in tables that a framework calls by their keys.

use super::*;

const GRAPHQL: &str = "schema = \"perfctl.facts/1\"\n[[fact]]\npaths = [\"apollo.ApolloServer\"]\nrole = \"request\"\ntakes_function = \"later\"\ntakes_tables = \"true\"\n[[fact]]\npaths = [\"jobs.Queue\"]\nrole = \"worker\"\ntakes_function = \"later\"\n";

fn answer(scratch: &Scratch, path: &str, symbols: &[&str]) -> Vec<bool> {
    let is_entry = |symbol: &&str| reach(scratch, path, symbol) == Reach::Request;
    symbols.iter().map(is_entry).collect()
}

#[test]
fn a_server_calls_the_functions_of_the_tables_that_it_is_given() {
    let server = "const { ApolloServer } = require('apollo');\nconst { merge } = require('lodash');\nconst orders = require('./orders');\nconst { shops } = require('./shops');\nconst resolvers = merge({}, orders, shops);\nnew ApolloServer({ resolvers });\n";
    let orders = "async function list() {}\nasync function owner() {}\nasync function idle() {}\nasync function one() {}\nmodule.exports = { Order: { owner }, Root: { orders: list, one: { resolve: one } } };\nconst kept = { idle };\n";
    let shops = "const fields = require('./fields');\nexports.shops = { Shop: fields };\n";
    let fields = "async function named(shop) {}\nexports.name = named;\n";
    let other = "const { Queue } = require('jobs');\nasync function ship() {}\nnew Queue('x', { ship: { later: ship } });\n";
    let files = [
        ("server.js", server),
        ("orders.js", orders),
        ("shops.js", shops),
        ("fields.js", fields),
        ("other.js", other),
    ];
    let scratch = Scratch::new(GRAPHQL, &files);
    assert_eq!(
        answer(&scratch, "orders.js", &["list", "owner", "one", "idle"]),
        [true, true, true, false]
    );
    assert_eq!(answer(&scratch, "fields.js", &["named"]), [true]);
    // Options of others are no tables.
    assert_ne!(reach(&scratch, "other.js", "ship"), Reach::Worker);
}

#[test]
fn an_object_with_a_key_of_a_convention_holds_functions_whoever_takes_it() {
    let facts = "schema = \"perfctl.facts/1\"\n[[convention]]\nfiles = [\"**/*.ts\"]\ntables = [\"Query\", \"Mutation\"]\nrole = \"request\"\n";
    let maps = "import { fields } from './fields';\nasync function list() {}\nasync function owner(order) {}\nexport const resolvers = { Query: { list }, Order: { owner }, ...fields };\n";
    let fields = "async function rooms(shop) {}\nexport const fields = { Shop: { rooms } };\n";
    let pages = "async function page() {}\nasync function show() {}\nexport const routes = { Query: page, Home: { show } };\n";
    let scratch = Scratch::new(
        facts,
        &[
            ("maps.ts", maps),
            ("fields.ts", fields),
            ("pages.ts", pages),
        ],
    );
    assert_eq!(
        answer(&scratch, "maps.ts", &["list", "owner"]),
        [true, true]
    );
    assert_eq!(answer(&scratch, "fields.ts", &["rooms"]), [true]);
    assert_eq!(
        answer(&scratch, "pages.ts", &["page", "show"]),
        [false, false]
    );
}
