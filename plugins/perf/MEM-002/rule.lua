-- Ownership: a function that opens something and lets it escape (returns it, stores it, hands it on) owns it no longer. What is left is
-- its own to close.

local dispatch = require("dispatch")
local imports = require("imports")
local layout = require("layout")
local set = require("words").set

-- Results that keep what they came from alive: returning one hands the resource on.
local KEEPS = set("cursor", "execute", "makefile", "stream", "getreader", "Rows", "iter")

-- Methods that put a value into something that keeps it.
local COLLECTS = set("append", "appendleft", "add", "insert", "extend", "setdefault", "put", "put_nowait", "push", "unshift", "set", "update", "Store", "PushBack")

local function set_of(words)
  local all = {}
  for word in words:gmatch("[^|]+") do
    all[word] = true
  end
  return all
end

local function closers_of(call)
  return set_of(call:fact("closes_with") or "close")
end

local function unwrapped(node)
  local parent = node:parent()
  while parent and (parent.kind == "await" or parent.kind == "logic" or parent.kind == "conditional") do
    node, parent = parent, parent:parent()
  end
  return node, parent
end

-- From a name up the chain that it begins: `con.cursor().execute(q)`, and the names of the chain's links.
local function chain_above(name)
  local at, links = name, {}
  while true do
    local parent = at:parent()
    if not parent then
      break
    end
    local role = at:role()
    if parent.kind == "attr" and role == "value" then
      table.insert(links, parent.text)
    elseif not (parent.kind == "call" and role == "callee" or parent.kind == "await") then
      break
    end
    at = parent
  end
  return at, links
end

-- Whether a call is given a function before the resource, to run it with that: `tasks.add_task(export, db)`, `partial(load, db)`.
local function is_for_function(call, resource)
  if call:fact("takes_function") or call:fact("offloads") or call.name == "partial" then
    return true
  end
  for _, argument in call:args() do
    if resource:is_within(argument) then
      return false
    end
    local made = (argument.kind == "name" or argument.kind == "attr") and argument:definition()
    if argument.kind == "function" or made and made.kind == "function" then
      return true
    end
  end
  return false
end

-- Whether a call takes over what it is given. Functions of libraries that are known read from it; constructors, functions of the project
-- and what is unknown may keep it.
local function takes_over(call, resource)
  if COLLECTS[call.name] and call:receiver() then
    return true
  end
  local path = call:target()[1]
  if not path or path:find(":", 1, true) then
    return true
  end
  if path:find("^builtins%.") == nil and is_for_function(call, resource) then
    return true
  end
  local last = path:match("([^%.%(%)]+)[%(%)]*$") or path
  return last:match("^%u") ~= nil and call.file.language ~= "go" or path:find("^builtins%.") == nil and call:receiver() ~= nil and #(call:receiver():origin()) == 0
end

-- How many functions of the project a resource is followed into.
local DEEPEST = 2

local use_of

-- The parameter that takes an argument; nil where that is not seen.
local function param_for(callee, call, argument)
  if argument.kind == "kw-arg" then
    for _, param in callee.params do
      if param.text == argument.text then
        return param
      end
    end
    return nil
  end
  local first = callee.params[1]
  local shift = first and (first.text == "self" or first.text == "cls") and 1 or 0
  for at, one in call:args() do
    if one.kind == "spread" then
      return nil
    elseif one:same(argument) then
      return callee.params[at + shift]
    end
  end
  return nil
end

-- Whether a call only lends what it is given: the functions of the project that it runs use it, and neither close nor keep it.
local function only_lends(call, argument, closers, depth)
  local callees = call:callees()
  if #callees == 0 or depth >= DEEPEST then
    return false
  end
  for _, callee in callees do
    local body, param = callee.node:child("body"), param_for(callee, call, argument)
    if not body or not param or callee.is_generator or callee.name == "__init__" or callee.name == "constructor" or #callee.node:children("decorator") > 0 then
      return false
    end
    for _, name in body:descendants("name") do
      if name.text == param.text and use_of(name, closers, callee.node, depth + 1) then
        return false
      end
    end
  end
  return true
end

-- What one use of the name does with the resource: "closed", "gone" or nil.
use_of = function(name, closers, func_node, depth)
  local top, links = chain_above(name)
  for _, link in links do
    -- Also `stack.callback(con.close)`: whoever holds the method closes it.
    if closers[link] then
      return "closed"
    end
  end
  local parent = top:parent()
  local holder = name:enclosing({ "function" })
  if holder and not holder:same(func_node) then
    return "gone"
  end
  if not parent then
    return nil
  end
  if #links > 0 then
    local last = links[#links]
    local is_handed = parent.kind == "return" or parent.kind == "yield" or parent.kind == "kw-arg" or parent.kind == "pair"
    -- A query that was not run yet needs its session where it will be.
    if is_handed and (KEEPS[last] or top.kind == "call" and top:fact("verb") == "lazy") then
      return "gone"
    end
    return nil
  end
  if parent.kind == "with-item" then
    return "closed"
  elseif parent.kind == "call" and top:role() == "arg" or parent.kind == "kw-arg" or parent.kind == "spread" then
    local call = parent.kind == "call" and parent or parent:enclosing({ "call" })
    local called = call and call.name or ""
    if call and call:fact("closes_argument") then
      return "closed"
    end
    if called == "closing" or called == "aclosing" or called:find("enter", 1, true) or closers[called] then
      return "closed"
    end
    local argument = parent.kind == "call" and top or parent
    return (not call or takes_over(call, name) and not only_lends(call, argument, closers, depth or 0)) and "gone" or nil
  elseif parent.kind == "compare" or parent.kind == "unary" or parent.kind == "if" or parent.kind == "logic" or parent.kind == "expr-stmt" or parent.kind == "for" then
    return nil
  end
  return "gone"
end

local function is_global(func_node, name)
  for _, statement in func_node:descendants("global") do
    for _, target in statement:children() do
      if target.text == name then
        return true
      end
    end
  end
  return false
end

-- The assignment that binds the resource, if it is one to a name of the function's own.
local function own_binding(call, func_node)
  local node, parent = unwrapped(call)
  if not parent or parent.kind ~= "assign" or node:role() ~= "value" then
    return nil
  end
  local target = parent:child("target")
  if target and target.kind == "list" then
    target = target:children("item")[1]
  end
  if not target or target.kind ~= "name" or is_global(func_node, target.text) then
    return nil
  end
  -- JavaScript and Go declare what is their own.
  if call.file.language ~= "python" and not parent:has("declare") then
    return nil
  end
  return target, parent
end

-- A ticker that paces a loop without an end is needed for as long as the process lives: nothing after the loop could stop it.
local function paces_for_good(name)
  local loop = name:enclosing({ "for", "while" })
  while loop do
    local iter = loop:child("iter")
    local draws = not iter and loop:child("test") == nil or iter ~= nil and iter.source:find(name.text, 1, true) ~= nil
    if draws and #loop:descendants({ "return", "break" }) == 0 then
      return true
    end
    loop = loop:enclosing({ "for", "while" })
  end
  return false
end

local function is_short_lived(call)
  local reach = call:reach()
  return reach == "test" or reach == "script" or call.file.class == "migration"
end

-- Whether the resource holds nothing where the function is done with it: the last that is done is to end the transaction, or all is done in the block of one.
local function is_released(call, names)
  local releasing = set_of(call:fact("releases_with") or "")
  if next(releasing) == nil then
    return false
  end
  local last = nil
  for _, name in names do
    local top, links = chain_above(name)
    local parent = top:parent()
    if parent and parent.kind == "with-item" and releasing[links[#links]] then
      return true
    end
    -- What undoes a transaction that failed comes after nothing else.
    if (not last or name.id > last.id) and not name:enclosing({ "handler" }) then
      last = name
    end
  end
  local _, links = chain_above(last or call)
  return last ~= nil and releasing[links[1]] ~= nil
end

-- Whether it only uses what it is given: a session over a connection that somebody else opened.
local function is_borrowed(call)
  local borrowed = call:fact("borrows")
  for _, argument in borrowed and call:args() or {} do
    if argument:comes_from(borrowed) then
      return true
    end
  end
  return false
end

local function opening(call, name)
  if call:fact("scope") == "closing" then
    return `with closing({call.source}) as {name}:`
  end
  return `{call:fact("scope")} {call.source} as {name}:`
end

-- The statements behind one, to the last that uses what the call opened, or to the end of the block when that is not known.
local function rest_of_block(call, statement)
  local func = call:func()
  local uses = func and call:uses(func.node)
  local is_seen = uses ~= nil and #uses > 1
  local first, last = nil, nil
  local at = statement:next_statement()
  while at do
    first = first or at
    local is_used = not is_seen
    for _, use in uses or {} do
      is_used = is_used or use.node:is_within(at)
    end
    if is_used then
      last = at
    end
    at = at:next_statement()
  end
  return first, last
end

-- The edits that open the resource for a block: the statements that follow move into it.
local function with_block(call, target, statement)
  local file = call.file
  local indent = layout.indent(file, statement.line)
  local first, last = rest_of_block(call, statement)
  if not last or target.kind ~= "name" or #statement:children("target") ~= 1 or statement.last_line == first.line then
    return nil
  end
  local at = first
  while at do
    if layout.is_fixed(at) then
      return nil
    end
    at = not at:same(last) and at:next_statement() or nil
  end
  local _, from = statement:bytes()
  local _, to = last:bytes()
  local rest = file:span(from + 1, to)
  if call.source:find("\n", 1, true) then
    return nil
  end
  local moved = layout.moved(rest.source, indent, indent .. layout.step(file, indent)):gsub("^([^\n]*\n)%s*\n", "%1")
  return { { at = statement, text = opening(call, target.text) }, { at = rest, text = moved } }
end

-- The edits that open for one statement what it reads on the spot: `return json.load(open(path))`.
local function with_statement(call, statement)
  local kind = statement.kind
  local func = call:func()
  if not func or statement.source:find("\n", 1, true) or (kind ~= "return" and kind ~= "assign" and kind ~= "expr-stmt") or statement:same(call) then
    return nil
  end
  -- What is made from something else may need it open for longer than the statement.
  if kind == "assign" and call:fact("resource") ~= "file" then
    return nil
  end
  local name = call:fact("resource") == "file" and "file" or "resource"
  for _, other in func.node:descendants("name") do
    if other.text == name then
      return nil
    end
  end
  local indent = layout.indent(call.file, statement.line)
  return { { before = statement, text = `{opening(call, name)}\n{indent}{layout.step(call.file, indent)}` }, { at = call, text = name } }
end

-- Go: `defer` behind the check of the error.
local function deferred(call, target, statement)
  local place = statement
  local next = statement:next_statement()
  local test = next and next.kind == "if" and next:child("test")
  if test and test.source:find("err", 1, true) then
    place = next
  end
  local indent = layout.indent(call.file, statement.line)
  local closer = (call:fact("closes_with") or "Close"):match("^[^|]+")
  local owner = call:fact("resource") == "response body" and `{target.text}.Body` or target.text
  return { { after = place, text = `\n{indent}defer {owner}.{closer}()` } }
end

-- The change that gives the resource a scope, where the library has one that can be written here.
local function scope_of(call, target)
  local scope, statement, parent = call:fact("scope"), call:statement(), call:parent()
  if not scope or not statement or not parent or parent.kind == "await" then
    return nil
  end
  local edits
  if scope == "defer" then
    edits = target and deferred(call, target, statement)
  elseif target then
    edits = with_block(call, target, statement)
  else
    edits = with_statement(call, statement)
  end
  if edits and scope == "closing" then
    local import = imports.edits(call.file, "contextlib", "closing")
    if not import then
      return nil
    end
    for _, edit in import do
      table.insert(edits, 1, edit)
    end
  end
  return edits and { title = scope == "defer" and "close it when the function ends" or "close it at the end of a block", safety = "shown-only", edits = edits }
end

local function report_leak(report, call, message, confidence, related, target)
  local reach = call:reach()
  if confidence ~= "low" and reach ~= "request" and reach ~= "worker" then
    confidence = reach == "startup" and "low" or "medium"
  end
  report({
    at = call,
    message = message,
    confidence = confidence,
    related = related,
    notes = { library = call:target()[1] },
    fix = call:fact("resource") and scope_of(call, target) or nil,
  })
end

-- Nothing holds it: it is read from on the spot.
local function check_unbound(call, what, report)
  local node, parent = unwrapped(call)
  if parent.kind == "attr" and node:role() == "value" then
    local top, links = chain_above(call)
    local closers = closers_of(call)
    for _, link in links do
      if closers[link] then
        return
      end
    end
    local above = top:parent()
    if above and above.kind == "assign" and KEEPS[links[#links]] or above and above.kind == "return" and KEEPS[links[#links]] or above and above.kind == "with-item" then
      return
    end
    if links[#links] == "start" or links[#links] == "then" then
      return
    end
    report_leak(report, call, `this {what} is used on the spot and never closed`, "medium")
  elseif parent.kind == "call" and node:role() == "arg" then
    if not takes_over(parent, node) and parent.name ~= "closing" and parent.name ~= "aclosing" and not parent.name:find("enter", 1, true) then
      report_leak(report, call, `this {what} is opened for {parent.name}, which does not close it`, "medium")
    end
  elseif parent.kind == "expr-stmt" and call.file.language ~= "go" then
    report_leak(report, call, `this {what} is opened and dropped without being closed`, "medium")
  end
end

local function check_resource(call, report)
  if is_short_lived(call) or is_borrowed(call) then
    return
  end
  local what = call:fact("resource")
  local func = call:func()
  if not func then
    -- What a module opens for itself lives as long as the process.
    return
  end
  local target = own_binding(call, func.node)
  if not target then
    local _, parent = unwrapped(call)
    if parent and parent.kind ~= "assign" then
      check_unbound(call, what, report)
    end
    return
  end
  local names = call:aliases(func.node)
  if not names then
    return
  end
  local closers = closers_of(call)
  for _, name in names do
    if use_of(name, closers, func.node) or what == "ticker" and paces_for_good(name) then
      return
    end
  end
  if is_released(call, names) then
    return
  end
  report_leak(report, call, `{target.text}, a {what}, is opened here and never closed`, "high", nil, target)
end

-- ---------------------------------------------------------------------------------------------------------------------
-- Objects of the project that keep a connection: `database = Database(settings); con = database.connect()`.

-- The attribute of `self` that a method keeps a resource in, and the call that opens it.
local function kept_in(method)
  for _, assign in method:descendants("assign") do
    local target, value = assign:child("target"), assign:child("value")
    if value and value.kind == "await" then
      value = value:child("value")
    end
    if target and value and target.kind == "attr" and value.kind == "call" and value:fact("resource") then
      local on = target:child("value")
      if on and (on.text == "self" or on.text == "this") then
        return target.text, value
      end
    end
  end
  return nil
end

-- Names of the methods of a class that close that attribute.
local function closing_methods(class, attribute, closers)
  local all, any = {}, false
  for _, method in class:descendants("function") do
    for _, call in method:descendants("call") do
      local receiver = call:receiver()
      if closers[call.name] and receiver and receiver.kind == "attr" and receiver.text == attribute then
        all[method.text] = true
        any = true
      end
    end
  end
  return any and all or nil
end

local function check_owner(call, report)
  if is_short_lived(call) or call:fact("resource") then
    return
  end
  local func, receiver = call:func(), call:receiver()
  if not func or not receiver or receiver.kind ~= "name" then
    return
  end
  local made = receiver:value()
  if not made or made.kind ~= "call" or not made:enclosing({ "function" }) or not made:enclosing({ "function" }):same(func.node) then
    return
  end
  for _, callee in call:callees() do
    local class = callee.node:enclosing({ "class" })
    local attribute, opened = kept_in(callee.node)
    local closers = attribute and closers_of(opened)
    local methods = class and attribute and closing_methods(class, attribute, closers)
    if methods then
      local owners = made:aliases(func.node)
      local all = { { names = owners, closers = methods }, { names = call:aliases(func.node), closers = closers } }
      for _, one in all do
        for _, name in one.names or {} do
          if use_of(name, one.closers, func.node) then
            return
          end
        end
      end
      if not owners then
        return
      end
      local names = {}
      for name in methods do
        table.insert(names, name)
      end
      table.sort(names)
      report_leak(report, call, `{receiver.text} opens a {opened:fact("resource")} here, and nothing calls {table.concat(names, " or ")} on it`, "high", {
        { at = opened, message = "opened here" },
      })
      return
    end
  end
end

return dispatch.on_server({ resource = check_resource, owner = check_owner })
