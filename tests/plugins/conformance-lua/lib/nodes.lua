-- What nodes, functions and loops say of a call.

local told = require("told")

local M = {}

local function itself(node: Node): string
  local first, last = node:bytes()
  return `{node.kind} '{node.text}' {node.name} lines {node.line}-{node.last_line} bytes {last - first + 1} at {node.file.path}: {node.source}`
end

local function tree(node: Node): string
  local parent = node:parent()
  local statement = node:statement()
  local following = statement and statement:next_statement()
  local around = node:enclosing({ "function", "class" })
  local names = node:descendants("name")
  local urls = node:descendants("name", { "url" })
  local callee = node:child("callee")
  local above = callee and callee:parent()
  local parts = told.list_of(node:children(), function(child)
    return child:role()
  end)
  local texts = told.list_of(names, function(name)
    return name.text
  end)
  return `{node:role()} of {told.or_dash(parent and parent.kind)}; callee {told.or_dash(callee and callee.source)}; `
    .. `parts {parts}; {#node:children("arg")} arguments; in {told.or_dash(around and around.name)}; `
    .. `statement {told.or_dash(statement and statement.line)}, next {told.or_dash(following and following.line)}; `
    .. `names {texts}, urls {#urls}; within {told.yes(around ~= nil and node:is_within(around))}; `
    .. `itself {told.yes(above ~= nil and above:same(node))}; new {told.yes(node:has("new"))}`
end

local function target(call: Node): string
  local receiver = call:receiver()
  local definition = call:definition()
  local put = call:is({ "requests.post", "requests.{put,patch}" })
  return `{told.list(call:target())}; reads {told.yes(call:is("requests.get"))}; put {told.yes(put)}; `
    .. `receiver {told.or_dash(receiver and receiver.source)} from {told.or_dash(receiver and told.list(receiver:origin()))}; `
    .. `fact {told.or_dash(call:fact("library"))}; defined {told.or_dash(definition and definition.kind)}`
end

-- What is known of a value.
function M.value(node: Node): string
  local given = node:value()
  local position = node:param_position()
  return `{node.source}: {node.kind} {node:sort()} {told.literal(node:literal())} joined {told.or_dash(node:joined())} `
    -- Counted from 0, as the other languages do.
    .. `value {told.or_dash(given and given.source)} parameter {told.or_dash(position and position - 1)} `
    .. `requests {told.yes(node:comes_from("requests.**"))}`
end

local function given(call: Node): string
  local first, presence = call:arg(1)
  local params, of_params = call:arg("params")
  local page, of_page = nil, of_params
  if params then
    page, of_page = params:entry("page")
  end
  local _, ninth = call:arg(9)
  return `first {told.or_dash(first and first.source)} {presence}; page {told.or_dash(page and page.source)} {of_page}; ninth {ninth}`
end

local function turns(found: Loop, call: Node): string
  local over = found.iter
  return `{found.kind} over {told.or_dash(over and over.source)} from line {found.node.line} `
    .. `carries {told.yes(found:carries(call))} reads {told.yes(call:reads_from(found.node))}`
end

local function symbol(stop: Stop): string
  return stop.symbol
end

local function callee(hop: Hop): string
  return hop.callee
end

local function line(node: Node): number
  return node.line
end

local function reach(node: Node): string
  local effects, blocking = node:effects()
  local from_loop = node:from_loop()
  local callees = told.list_of(node:callees(), function(func)
    return func.name
  end)
  return `{node:reach()} {node:symbol()} route {told.list_of(node:route(), symbol)}; `
    .. `effects {told.list(effects)} blocking {told.list(blocking)}; `
    .. `chain {told.list_of(node:chain({ "http", "sleep" }), callee)}; `
    .. `from a loop {told.or_dash(from_loop and told.list_of(from_loop, callee))}; callees {callees}`
end

local function flow(node: Node): string
  local after, before = node:chained()
  local aliases = node:aliases()
  local uses = told.list_of(node:uses(), function(use)
    return `{use.node.line} in {use.top.kind} for {#use.calls}`
  end)
  return `awaited {told.yes(node:is_awaited())}; argument of {#node:argument_of()}; chained {#after} and {#before}; `
    .. `aliases {told.or_dash(aliases and told.list_of(aliases, line))}; uses {uses}`
end

local function of(func: Func): string
  local effects, blocking = func:effects()
  local posts = func:calls("requests.post")
  local params = told.list_of(func.params, function(param)
    return param.name
  end)
  return `{func.name} line {func.node.line} async {told.yes(func.is_async)} generator {told.yes(func.is_generator)} `
    .. `lambda {told.yes(func.is_lambda)} {func.reach}; params {params}; decorators {told.list(func:decorators())}; `
    .. `effects {told.list(effects)} blocking {told.list(blocking)}; posts in {told.or_dash(posts and posts.line)}; `
    .. `callers {told.list_of(func:callers(), line)}; registrations {#func:registrations()}; `
    .. `route {told.list_of(func:route(), symbol)}`
end

-- Everything about a call, as facts for the reader.
function M.told(call: Node): { [string]: string }
  local func = call:func()
  return {
    node = itself(call),
    tree = tree(call),
    target = target(call),
    arguments = told.list_of(call:args(), M.value),
    given = given(call),
    loops = told.list_of(call:loops(), function(found)
      return turns(found, call)
    end),
    reach = reach(call),
    flow = flow(call),
    ["function"] = func and of(func),
  }
end

return M
