//! What nodes, functions and loops say of a call.

use perfctl_plugin::prelude::*;

use crate::told::{list, literal, or_dash, yes};

/// Everything about a call, as facts for the reader.
pub(crate) fn told(call: Node) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("node", itself(call)),
        ("tree", tree(call)),
        ("target", target(call)),
        ("arguments", list(call.args().into_iter().map(value))),
        ("given", given(call)),
        (
            "loops",
            list(call.loops().into_iter().map(|found| turns(found, call))),
        ),
        ("reach", reach(call)),
        ("flow", flow(call)),
    ];
    if let Some(func) = call.func() {
        facts.push(("function", function(func)));
    }
    facts
}

fn itself(node: Node) -> String {
    let (start, end) = node.bytes();
    format!(
        "{} '{}' {} lines {}-{} bytes {} at {}: {}",
        node.kind(),
        node.text(),
        node.name(),
        node.line(),
        node.last_line(),
        end - start,
        node.file().path(),
        node.source()
    )
}

fn tree(node: Node) -> String {
    let statement = node.statement();
    let next = statement.and_then(Node::next_statement);
    let around = node.enclosing(["function", "class"]);
    let names = node.descendants("name");
    let urls = node.descendants_named("name", ["url"]);
    let callee = node.child("callee");
    format!(
        "{} of {}; callee {}; parts {}; {} arguments; in {}; statement {}, next {}; names {}, urls {}; within {}; \
         itself {}; new {}",
        node.role(),
        or_dash(node.parent().map(Node::kind)),
        or_dash(callee.map(Node::source)),
        list(node.children(None).into_iter().map(Node::role)),
        node.children("arg").len(),
        or_dash(around.map(Node::name)),
        or_dash(statement.map(Node::line)),
        or_dash(next.map(Node::line)),
        list(names.into_iter().map(Node::text)),
        urls.len(),
        yes(around.is_some_and(|around| node.is_within(around))),
        yes(callee.and_then(Node::parent) == Some(node)),
        yes(node.has("new")),
    )
}

fn target(call: Node) -> String {
    format!(
        "{}; reads {}; put {}; receiver {} from {}; fact {}; defined {}",
        list(call.target()),
        yes(call.is("requests.get")),
        yes(call.is(["requests.post", "requests.{put,patch}"])),
        or_dash(call.receiver().map(Node::source)),
        or_dash(call.receiver().map(|receiver| list(receiver.origin()))),
        or_dash(call.fact("library")),
        or_dash(call.definition().map(Node::kind)),
    )
}

/// What is known of a value.
pub(crate) fn value(node: Node) -> String {
    format!(
        "{}: {} {} {} joined {} value {} parameter {} requests {}",
        node.source(),
        node.kind(),
        node.sort(),
        literal(&node.literal()),
        or_dash(node.joined()),
        or_dash(node.value().map(Node::source)),
        or_dash(node.param_position()),
        yes(node.comes_from("requests.**")),
    )
}

fn given(call: Node) -> String {
    let (first, presence) = call.arg(0);
    let (params, of_params) = call.arg("params");
    let (page, of_page) = match params {
        Some(params) => params.entry("page"),
        None => (None, of_params),
    };
    format!(
        "first {} {presence}; page {} {of_page}; ninth {}",
        or_dash(first.map(Node::source)),
        or_dash(page.map(Node::source)),
        call.arg(8).1,
    )
}

fn turns(found: Loop, call: Node) -> String {
    format!(
        "{} over {} from line {} carries {} reads {}",
        found.kind(),
        or_dash(found.iter().map(Node::source)),
        found.node().line(),
        yes(found.carries(call)),
        yes(call.reads_from(found.node())),
    )
}

fn reach(node: Node) -> String {
    let route = node.route().into_iter().map(|stop| stop.symbol);
    let (effects, blocking) = node.effects();
    let chain = node.chain(["http", "sleep"], false);
    let from_loop = node.from_loop();
    format!(
        "{} {} route {}; effects {} blocking {}; chain {}; from a loop {}; callees {}",
        node.reach(),
        node.symbol(),
        list(route),
        list(effects),
        list(blocking),
        list(chain.into_iter().map(|hop| hop.callee)),
        or_dash(from_loop.map(|hops| list(hops.into_iter().map(|hop| hop.callee)))),
        list(node.callees().into_iter().map(Func::name)),
    )
}

fn flow(node: Node) -> String {
    let (after, before) = node.chained();
    let aliases = node.aliases(None);
    let uses = node.uses(None).into_iter();
    format!(
        "awaited {}; argument of {}; chained {} and {}; aliases {}; uses {}",
        yes(node.is_awaited()),
        node.argument_of().len(),
        after.len(),
        before.len(),
        or_dash(aliases.map(|names| list(names.into_iter().map(Node::line)))),
        list(uses.map(|one| format!(
            "{} in {} for {}",
            one.node.line(),
            one.top.kind(),
            one.calls.len()
        ))),
    )
}

fn function(func: Func) -> String {
    let (effects, blocking) = func.effects();
    format!(
        "{} line {} async {} generator {} lambda {} {}; params {}; decorators {}; effects {} blocking {}; posts in {}; \
         callers {}; registrations {}; route {}",
        func.name(),
        func.node().line(),
        yes(func.is_async()),
        yes(func.is_generator()),
        yes(func.is_lambda()),
        func.reach(),
        list(func.params().into_iter().map(Node::name)),
        list(func.decorators()),
        list(effects),
        list(blocking),
        or_dash(func.calls("requests.post").map(Node::line)),
        list(func.callers().into_iter().map(Node::line)),
        func.registrations().len(),
        list(func.route().into_iter().map(|stop| stop.symbol)),
    )
}
