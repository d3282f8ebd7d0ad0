"""What nodes, functions and loops say of a call."""

from told import listed, literal, or_dash, yes


def told(call):
    """Everything about a call, as facts for the reader."""
    facts = {
        "node": itself(call),
        "tree": tree(call),
        "target": target(call),
        "arguments": listed(value(arg) for arg in call.args()),
        "given": given(call),
        "loops": listed(turns(found, call) for found in call.loops()),
        "reach": reach(call),
        "flow": flow(call),
    }
    func = call.func()
    if func is not None:
        facts["function"] = function(func)
    return facts


def itself(node):
    start, end = node.bytes()
    return (
        f"{node.kind} '{node.text}' {node.name} lines {node.line}-{node.last_line} bytes {end - start} at {node.file.path}: {node.source}"
    )


def tree(node):
    parent = node.parent()
    statement = node.statement()
    following = statement and statement.next_statement()
    around = node.enclosing(["function", "class"])
    names = node.descendants("name")
    urls = node.descendants("name", "url")
    callee = node.child("callee")
    return (
        f"{node.role()} of {or_dash(parent and parent.kind)}; callee {or_dash(callee and callee.source)}; "
        f"parts {listed(child.role() for child in node.children())}; {len(node.children('arg'))} arguments; "
        f"in {or_dash(around and around.name)}; statement {or_dash(statement and statement.line)}, "
        f"next {or_dash(following and following.line)}; names {listed(name.text for name in names)}, urls {len(urls)}; "
        f"within {yes(around is not None and node.is_within(around))}; "
        f"itself {yes(callee is not None and callee.parent() == node)}; new {yes(node.has('new'))}"
    )


def target(call):
    receiver = call.receiver()
    definition = call.definition()
    return (
        f"{listed(call.target())}; reads {yes(call.is_('requests.get'))}; put {yes(call.is_(['requests.post', 'requests.{put,patch}']))}; "
        f"receiver {or_dash(receiver and receiver.source)} from {or_dash(receiver and listed(receiver.origin()))}; "
        f"fact {or_dash(call.fact('library'))}; defined {or_dash(definition and definition.kind)}"
    )


def value(node):
    """What is known of a value."""
    given_to = node.value()
    return (
        f"{node.source}: {node.kind} {node.sort()} {literal(*node.literal())} joined {or_dash(node.joined())} "
        f"value {or_dash(given_to and given_to.source)} parameter {or_dash(node.param_position())} "
        f"requests {yes(node.comes_from('requests.**'))}"
    )


def given(call):
    first, presence = call.arg(0)
    params, of_params = call.arg("params")
    page, of_page = (None, of_params) if params is None else params.entry("page")
    return (
        f"first {or_dash(first and first.source)} {presence}; page {or_dash(page and page.source)} {of_page}; "
        f"ninth {call.arg(8)[1]}"
    )


def turns(found, call):
    over = found.iter
    return (
        f"{found.kind} over {or_dash(over and over.source)} from line {found.node.line} carries {yes(found.carries(call))} "
        f"reads {yes(call.reads_from(found.node))}"
    )


def reach(node):
    effects, blocking = node.effects()
    from_loop = node.from_loop()
    return (
        f"{node.reach()} {node.symbol()} route {listed(stop.symbol for stop in node.route())}; "
        f"effects {listed(effects)} blocking {listed(blocking)}; "
        f"chain {listed(hop.callee for hop in node.chain(['http', 'sleep']))}; "
        f"from a loop {or_dash(None if from_loop is None else listed(hop.callee for hop in from_loop))}; "
        f"callees {listed(func.name for func in node.callees())}"
    )


def flow(node):
    after, before = node.chained()
    aliases = node.aliases()
    uses = (f"{use.node.line} in {use.top.kind} for {len(use.calls)}" for use in node.uses())
    return (
        f"awaited {yes(node.is_awaited())}; argument of {len(node.argument_of())}; chained {len(after)} and {len(before)}; "
        f"aliases {or_dash(None if aliases is None else listed(name.line for name in aliases))}; uses {listed(uses)}"
    )


def function(func):
    effects, blocking = func.effects()
    posts = func.calls("requests.post")
    return (
        f"{func.name} line {func.node.line} async {yes(func.is_async)} generator {yes(func.is_generator)} "
        f"lambda {yes(func.is_lambda)} {func.reach}; params {listed(param.name for param in func.params)}; "
        f"decorators {listed(func.decorators())}; effects {listed(effects)} blocking {listed(blocking)}; "
        f"posts in {or_dash(posts and posts.line)}; callers {listed(call.line for call in func.callers())}; "
        f"registrations {len(func.registrations())}; route {listed(stop.symbol for stop in func.route())}"
    )
