-- Fixes that close what a function opens: at the end of a block, of a statement, or of the function.

local imports = require("imports")
local layout = require("layout")
local words = require("words")

local M = {}

local function opening(call, name)
  if call:fact("scope") == "closing" then
    return `with closing({call.source}) as {name}:`
  end
  return `{call:fact("scope")} {call.source} as {name}:`
end

-- The last statement that reads what the ones from `first` to `last` bind, and what those up to it bind: a row may ask its session again,
-- a cursor its connection.
local function with_what_they_bind(first, last)
  local bound, at, is_moved = {}, first, true
  while at do
    local reads = false
    for _, name in at:descendants("name") do
      if name:role() == "target" then
        bound[name.text] = bound[name.text] or is_moved
      else
        reads = reads or bound[name.text] == true
      end
    end
    if reads and not is_moved then
      return with_what_they_bind(first, at)
    end
    is_moved = is_moved and not at:same(last)
    at = at:next_statement()
  end
  return last
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
  return first, last and with_what_they_bind(first, last)
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

-- The edits that close at once what a statement opens and drops: `open(path, "w")` makes an empty file.
local function at_once(call)
  local closer = (call:fact("closes_with") or "close"):match("^[^|]+")
  return call:fact("scope") ~= "async with" and { { after = call, text = `.{closer}()` } } or nil
end

-- The edits that open for one statement what it reads on the spot: `return json.load(open(path))`.
local function with_statement(call, statement)
  local kind = statement.kind
  local func = call:func()
  if not func or statement.source:find("\n", 1, true) or (kind ~= "return" and kind ~= "assign" and kind ~= "expr-stmt") then
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

-- The edits that close what a block of its own leaves open: `with closing(connect()) as con, con:` still ends the transaction.
local function within_block(call, target, item)
  if not target or call:parent() ~= nil and not item:same(call:parent()) then
    return nil
  end
  return { { at = call, text = `closing({call.source})` }, { after = item, text = `, {target.text}` } }
end

-- Words with which a function of Go ends, and calls that do not come back.
local LEAVES = words.set("return", "raise", "break", "continue")
local FOR_GOOD = words.set("panic", "Exit", "Fatal", "Fatalf", "Fatalln", "Goexit")

-- Whether a block goes on nowhere behind its end.
local function ends_there(block)
  local statements = block and block:children() or {}
  local last = statements[#statements]
  local call = last and last.kind == "expr-stmt" and last:children()[1]
  return last ~= nil and (LEAVES[last.kind] or call ~= nil and call.kind == "call" and FOR_GOOD[call.name]) == true
end

-- Whether a statement reads a name.
local function reads(statement, text)
  for _, name in statement:descendants("name") do
    if name.text == text then
      return true
    end
  end
  return false
end

-- The statement that leaves where opening failed: behind it the resource is there. Nil where the error is dealt with otherwise; the opening itself where nobody
-- takes its error.
local function checked(target, statement)
  local list = target:parent()
  local items = list and list.kind == "list" and list:children("item") or {}
  local failed = items[2] and items[2].text
  if not failed or failed == "_" then
    return statement
  end
  local at = statement:next_statement()
  while at do
    local test = at.kind == "if" and at:child("test")
    if test and reads(test, failed) then
      local asked = test.source:gsub("%s", "")
      local is_error = asked == failed .. "!=nil" or asked:sub(1, #failed + 7) == failed .. "!=nil||"
      return is_error and ends_there(at:child("body")) and at or nil
    elseif reads(at, failed) or reads(at, target.text) then
      return nil
    end
    at = at:next_statement()
  end
  return nil
end

-- Go: `defer` right behind the check of the error, also where an `else` goes on from there.
local function deferred(call, target, statement)
  -- What a loop defers piles up until the function ends.
  local around = call:enclosing({ "for", "while", "function" })
  local block = statement:parent()
  if around and around.kind ~= "function" or not block or block.kind ~= "block" then
    return nil
  end
  local place = target.text ~= "_" and checked(target, statement)
  if not place then
    return nil
  end
  local file = call.file
  local indent = layout.indent(file, statement.line)
  local closer = (call:fact("closes_with") or "Close"):match("^[^|]+")
  -- Of an answer it is the body, also where the client is not known by its type.
  local what = call:fact("resource")
  local owner = what == "response body" and `{target.text}.Body` or target.text
  local text = `defer {owner}.{closer}()`
  local other = place.kind == "if" and place:child("else")
  if not other then
    return { { after = place, text = `\n{indent}{text}` } }
  end
  -- What stood behind `else` follows: the branch before it leaves. `else { ... }` stays as it is written.
  local _, stop = place:child("body"):bytes()
  local rest = file.text:sub(stop + 1, (select(2, place:bytes())))
  local gap = rest:match("^%s*else%s+%f[%w]if%f[%W]")
  if not gap then
    return nil
  end
  return { { at = file:span(stop + 1, stop + #gap), text = `\n{indent}{text}\n{indent}if` } }
end

-- The change that gives the resource a scope, where the library has one that can be written here.
function M.of(call, target)
  local scope, statement, parent = call:fact("scope"), call:statement(), call:parent()
  if not scope or not statement or not parent or parent.kind == "await" then
    return nil
  end
  local edits, title = nil, "close it at the end of a block"
  local is_dropped = not target and statement.kind == "expr-stmt" and parent:same(statement)
  if scope == "defer" then
    title = "close it when the function ends"
    edits = target and deferred(call, target, statement)
  elseif parent.kind == "with-item" then
    edits = within_block(call, target, parent)
  elseif target then
    edits = with_block(call, target, statement)
  elseif is_dropped then
    title = "close it at once"
    edits = at_once(call)
  else
    edits = with_statement(call, statement)
  end
  if edits and scope == "closing" and not is_dropped then
    local import = imports.edits(call.file, "contextlib", "closing")
    if not import then
      return nil
    end
    for _, edit in import do
      table.insert(edits, 1, edit)
    end
  end
  return edits and { title = title, safety = "unsafe", edits = edits }
end

return M
