-- The change that takes a blocking Python call off the event loop: `f(a, b)` becomes `await asyncio.to_thread(f, a, b)`.

local imports = require("imports")
local layout = require("layout")

local M = {}

-- The head of the coroutine around a place, as a related place: nil outside of one.
function M.coroutine(node)
  local at = node:enclosing("function")
  while at and not at:has("async") do
    at = at:enclosing("function")
  end
  return at and { at = at, message = "this coroutine" } or nil
end

-- Whether `await` needs brackets: it binds looser than what reads from a value.
function M.needs_brackets(call, parent)
  local kind = parent.kind
  if kind == "attr" or kind == "index" or kind == "slice" then
    local value = parent:child("value")
    return value ~= nil and value:same(call)
  end
  return kind == "await" or kind == "call" and parent:child("callee"):same(call)
end

-- What hands the call to a thread, with the arguments laid out as they are.
local function handed_over(file, call, callee, inner)
  local open = "await asyncio.to_thread("
  if call:role() == "iter" and call:fact("kind") == "db" then
    -- What a cursor has not fetched yet is fetched by the loop.
    return `{open}lambda: list({call.source}))`
  end
  if inner:match("^%s*$") then
    return `{open}{callee})`
  end
  local hanging, line = inner:match("^[ \t]*\r?\n([ \t]*)([^%s#][^\n]*)\n?[ \t]*$")
  if hanging then
    return `{open}\n{hanging}{callee}, {line}\n{layout.indent(file, call.last_line)})`
  end
  hanging = inner:match("^[ \t]*\r?\n([ \t]*)[^%s]")
  if hanging then
    return `{open}\n{hanging}{callee},{inner})`
  end
  local text = `{open}{callee}, {inner})`
  local width = #file:line_span(call.line).source - #call.source + #text
  -- A word for a checker of types or style is about the line that it stands on.
  local line_span = file:line_span(call.last_line)
  local behind = file.text:sub(select(2, call:bytes()) + 1, line_span.last)
  local is_marked = behind:find("#%s*type:") or behind:find("#%s*noqa") or behind:find("#%s*pylint:") or behind:find("#%s*pyright:")
  if call.line == call.last_line and width > layout.width(file) and not is_marked then
    local indent = layout.indent(file, call.line)
    return `{open}\n{indent}{layout.step(file, indent)}{callee}, {inner}\n{indent})`
  end
  return text
end

local function edits_of(file, call, text)
  local edits = imports.edits(file, "asyncio")
  if not edits then
    return nil
  end
  local gone = call:is("time.sleep") and call:child("callee").source == "time.sleep" and imports.unused(file, "time", 1)
  if gone and #edits == 0 then
    edits = gone
  elseif gone then
    edits = { { at = gone[1].at, text = "import asyncio\n" } }
  end
  table.insert(edits, { at = call, text = text })
  return edits
end

-- A fix for `call`, or nil where it cannot be written in place.
function M.fix(file, call)
  local callee, parent = call:child("callee"), call:parent()
  if not callee or not parent or file.language ~= "python" or call:enclosing({ "comprehension" }) then
    return nil
  end
  -- Django's ORM and SQLite's connections are bound to the thread that they were first used in.
  if call:fact("orm") == "django" or call:is("sqlite3.**") or callee.source:find("\n", 1, true) then
    return nil
  end
  for _, fn in call:callees() do
    -- A generator has not begun when the call returns.
    if fn.is_generator then
      return nil
    end
  end
  local inner = call.source:sub(#callee.source + 1):match("^%s*%((.*)%)%s*$")
  if not inner then
    return nil
  end
  local text, title
  if call:is("time.sleep") then
    text, title = `await asyncio.sleep({inner})`, "wait without holding up the loop"
  else
    text, title = handed_over(file, call, callee.source, inner), "hand the call to a thread"
  end
  if M.needs_brackets(call, parent) then
    text = `({text})`
  end
  local edits = edits_of(file, call, text)
  return edits and { title = title, safety = "unsafe", edits = edits }
end

return M
