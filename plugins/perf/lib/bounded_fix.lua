-- Changes by which work for every item runs ten at a time: a limit of the group, a semaphore around each, or parts of the list.

local imports = require("imports")
local layout = require("layout")

local M = {}

-- Few enough for a service on the other side, enough to hide its latency.
local AT_ONCE = 10

local function fixed(edits)
  return { title = "run ten of them at once", safety = "unsafe", edits = edits }
end

-- Whether a word stands in the code around a node.
local function is_taken(node, word)
  local func = node:func()
  return func == nil or func.node.source:find(`%f[%w_]{word}%f[^%w_]`) ~= nil
end

-- Whether a statement begins its line, so that others can stand above it.
local function begins_line(statement)
  local file = statement.file
  return file:span(file:line_span(statement.line).first, statement:bytes()).source:find("^[ \t]*[^ \t]$") ~= nil
end

-- The edit that adds lines above a statement and what is said of it.
local function above(statement, lines)
  local file = statement.file
  local indent = layout.indent(file, statement.line)
  local line = statement.line
  while line > 1 and file:line_span(line - 1).source:find("^%s*[#/]") do
    line -= 1
  end
  local text = ""
  for _, one in lines do
    text ..= (if one == "" then "" else indent .. one) .. "\n"
  end
  return { before = file:line_span(line), text = text }
end

-- `gather(*[ship(order) for order in orders])`: each waits for its turn.
local function python(call, element)
  local statement = call:statement()
  local file = call.file
  if not call:is("asyncio.gather") or element.kind ~= "call" or not statement or statement.kind == "with" or not begins_line(statement) then
    return nil
  elseif element:parent().kind ~= "comprehension" or is_taken(call, "turns") or is_taken(call, "in_turn") then
    return nil
  end
  local module = call:child("callee").source:match("^([%w_]+)%.gather$")
  if not module or not imports.edits(file, module) or #imports.edits(file, module) > 0 then
    return nil
  end
  local step = layout.step(file, layout.indent(file, statement.line))
  local lines = {
    `turns = {module}.Semaphore({AT_ONCE})`, "", "async def in_turn(work):", `{step}async with turns:`, `{step}{step}return await work`, "",
  }
  return fixed({ above(statement, lines), { before = element, text = "in_turn(" }, { after = element, text = ")" } })
end

-- `await Promise.all(orders.map(...))` whose answers nobody looks at: a part of the list after the other.
local function javascript(call, element)
  local statement, file = call:statement(), call.file
  local mapped = call:arg(1)
  local list = mapped and mapped.kind == "call" and mapped:receiver()
  local params = element:children("param")
  if not statement or not list or list.kind ~= "name" or element.kind ~= "function" or #params ~= 1 or layout.is_fixed(statement) then
    return nil
  end
  local bare = statement.source:gsub(";$", "")
  if bare ~= `await {call.source}` or not begins_line(statement) or is_taken(call, "at") then
    return nil
  end
  local indent = layout.indent(file, statement.line)
  local step = layout.step(file, indent)
  local start = (statement:bytes())
  local from, to = list:bytes()
  local inner = statement.source:sub(1, from - start) .. `{list.source}.slice(at, at + {AT_ONCE})` .. statement.source:sub(to - start + 2)
  local moved = layout.moved(inner, indent, indent .. step)
  local head = `for (let at = 0; at < {list.source}.length; at += {AT_ONCE}) \{`
  return fixed({ { at = statement, text = `{head}\n{indent}{step}{moved}\n{indent}\}` } })
end

-- The statement that makes the group a goroutine is begun with.
local function made(group)
  local func = group:func()
  for _, statement in func and func.node:descendants({ "assign", "expr-stmt" }) or {} do
    local target = statement:child("target")
    if target and target.kind == "name" and target.text == group.text and begins_line(statement) then
      return statement
    end
  end
  return nil
end

-- A group takes a limit; it must not be set while one of it runs.
local function go(call)
  local group = call.kind == "call" and call:receiver()
  local statement = group and group.kind == "name" and made(group)
  if not statement or statement.last_line >= call.line then
    return nil
  end
  local file = call.file
  local indent = layout.indent(file, statement.line)
  return fixed({ { after = file:line_span(statement.last_line), text = `\n{indent}{group.text}.SetLimit({AT_ONCE})` } })
end

-- `at` begins the work, `element` is what runs for each item.
function M.of(at, element)
  local language = at.file.language
  if language == "python" then
    return python(at, element)
  elseif language == "go" then
    return go(at)
  end
  return javascript(at, element)
end

return M
