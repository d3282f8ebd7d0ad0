-- The fix that loads a package where it is used: in functions, and for annotations where only type checkers see it.

local heavy_import = require("heavy_import")
local imports = require("imports")
local layout = require("layout")

local M = {}

-- The import is written into at most this many functions; with more the fix is the reader's.
M.MOST_FUNCTIONS = 4

local function first_statement(block)
  local all = block:children()
  local first = all[1]
  if first and first.kind == "expr-stmt" and first:child("value") and first:child("value").kind == "str" then
    return all[2]
  end
  return first
end

-- The statements that bind those of a package's names that are `used`.
local function statements_of(nodes, used)
  local all = {}
  for _, node in nodes do
    local items = {}
    for _, item in node:children("item") do
      local name = item:child("target")
      if name and used[name.text] then
        table.insert(items, item.source)
      end
    end
    if #items > 0 then
      table.insert(all, node.source:find("^from") and `from {node.text} import {table.concat(items, ", ")}` or node.source)
    end
  end
  return all
end

-- The place at the head of a function's body: in front of what is said of its first statement.
local function head_of(file, fn, first)
  local line = first.line
  while line - 1 > fn.line and file:line_span(line - 1).source:find("^%s*#") do
    line -= 1
  end
  return file:line_span(line)
end

-- The edits by which type checkers alone see the statements; `nodes` go from where they are. Nil where there is no place.
local function for_type_checkers(file, nodes, statements)
  local edits, last = {}, nil
  if not file.text:find("from __future__ import annotations", 1, true) then
    table.insert(edits, { before = first_statement(file.root), text = "from __future__ import annotations\n\n" })
  end
  for _, child in file.root:children() do
    local test = child.kind == "if" and child:child("test")
    if test and (test.name == "TYPE_CHECKING" or test.text == "TYPE_CHECKING") then
      local first = child:child("body"):children()[1]
      local indent = layout.indent(file, first.line)
      table.insert(edits, { before = first, text = table.concat(statements, "\n" .. indent) .. "\n" .. indent })
      return edits
    end
  end
  for _, child in file.root:children() do
    if child.kind == "import" then
      local is_moved = false
      for _, node in nodes do
        is_moved = is_moved or node:same(child)
      end
      last = not is_moved and child or last
    elseif last then
      break
    end
  end
  local known = last and imports.edits(file, "typing", "TYPE_CHECKING")
  if not known then
    return nil
  end
  for _, edit in known do
    table.insert(edits, edit)
  end
  local step = layout.step(file)
  table.insert(edits, { after = file:line_span(last.last_line), text = `\n\nif TYPE_CHECKING:\n{step}` .. table.concat(statements, "\n" .. step) })
  return edits
end

-- The change: the import at the head of each function that reads it, and for annotations one that only type checkers see. Only for
-- statements of Python that import nothing else, on lines of their own.
function M.of(file, group)
  if file.language ~= "python" or group.reads == 0 or #group.functions > M.MOST_FUNCTIONS then
    return nil
  end
  local annotated, edits = {}, {}
  for _, name in group.annotations do
    local fn = name:enclosing({ "function", "class" })
    -- Frameworks and data classes read annotations while they run.
    if not fn or fn.kind == "class" or #fn:children("decorator") > 0 then
      return nil
    end
    annotated[name.text] = true
  end
  if #group.annotations > 0 then
    local shown = for_type_checkers(file, group.nodes, statements_of(group.nodes, annotated))
    if not shown then
      return nil
    end
    edits = shown
  end
  for _, node in group.nodes do
    local first, last = file:line_span(node.line), file:line_span(node.last_line)
    local lines = file:span(first.first, last.last)
    if lines.source:gsub("%s+$", "") ~= node.source or lines.source:find("#", 1, true) or heavy_import.is_conditional(node) then
      return nil
    end
    table.insert(edits, { at = file:span(first.first, layout.stop(file, last)), text = "" })
  end
  for _, fn in group.functions do
    local body = fn:child("body")
    local first = body and first_statement(body)
    if not first or fn:has("lambda") or first.line <= fn.line then
      return nil
    end
    local indent = layout.indent(file, first.line)
    local text = indent .. table.concat(statements_of(group.nodes, group.used[fn.id]), "\n" .. indent) .. "\n\n"
    table.insert(edits, { before = head_of(file, fn, first), text = text })
  end
  return { title = "load it where it is used", safety = "unsafe", edits = edits }
end

return M
