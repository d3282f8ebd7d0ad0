-- Changes that put waits side by side: `Promise.all` and `asyncio.gather`. Written only where nothing but the waits themselves stands
-- in the lines that change.

local imports = require("imports")
local layout = require("layout")

local M = {}

local function is_python(file)
  return file.language == "python"
end

-- Bytes of the file's text, both ends included.
local function text_between(file, first, last)
  return file.text:sub(first, last)
end

-- Expressions as the arguments of one call, on one line where they fit; nil where one of them cannot be moved.
local function joined(file, parts, indent, open, close, room)
  local sources = {}
  for _, part in parts do
    table.insert(sources, part.source)
  end
  local plain = open .. table.concat(sources, ", ") .. close
  if not plain:find("\n", 1, true) and #plain + room <= layout.width(file) then
    return plain
  end
  local step = layout.step(file, indent)
  local lines = {}
  for _, part in parts do
    local from, to = layout.indent(file, part.line), indent .. step
    if from ~= to and layout.is_fixed(part) then
      return nil
    end
    local moved = layout.moved(part.source, from, to)
    table.insert(lines, `{indent}{step}{moved}`)
  end
  return `{open}\n{table.concat(lines, ",\n")}{layout.has_last_commas(file) and "," or ""}\n{indent}{close}`
end

-- What stands in front of the first name: `const`, `let`, nothing.
local function keyword_of(statement, target)
  local first = select(1, statement:bytes())
  local from = select(1, target:bytes())
  local word = text_between(statement.file, first, from - 1):match("^(%a+)%s+$")
  return word
end

local function target_of(statement, python)
  local target = statement:child("target")
  if not target or #statement:children("target") > 1 or statement:child("type") then
    return nil
  end
  if python and target.kind ~= "name" and target.kind ~= "attr" then
    return `({target.source})`
  end
  return target.source
end

-- A fix for waits that stand in statements right after each other, or nil.
function M.statements(file, group)
  local python = is_python(file)
  local targets, parts, keyword = {}, {}, nil
  local first, last = group[1].statement, group[#group].statement
  for at, wait in group do
    local statement = wait.statement
    local value = statement:child("value")
    if not value or not value:same(wait.await) then
      return nil
    end
    if at > 1 then
      local before = group[at - 1].statement
      local next = before:next_statement()
      local _, ends = before:bytes()
      local begins = select(1, statement:bytes())
      if not next or not next:same(statement) or text_between(file, ends + 1, begins - 1):find("[^%s;]") then
        return nil
      end
    end
    table.insert(parts, value:child("value"))
    if statement.kind == "assign" then
      local target = target_of(statement, python)
      local word = not python and keyword_of(statement, statement:child("target")) or nil
      if not target or (not python and word ~= "const" and word ~= "let") or (at > 1 and word ~= keyword) then
        return nil
      end
      keyword = word
      table.insert(targets, target)
    elseif statement.kind ~= "expr-stmt" then
      return nil
    end
  end
  if #targets ~= 0 and #targets ~= #group then
    return nil
  end
  local indent = layout.indent(file, first.line)
  local from = select(1, first:bytes())
  local _, to = last:bytes()
  local names = table.concat(targets, ", ")
  local text, edits
  if python then
    local begin = #targets > 0 and `{names} = await asyncio.gather` or "await asyncio.gather"
    edits = imports.edits(file, "asyncio")
    text = joined(file, parts, indent, "(", ")", #indent + #begin)
    text = text and begin .. text
  else
    local begin = #targets > 0 and `{keyword} [{names}] = await Promise.all(` or "await Promise.all("
    edits = {}
    local ending = first.source:sub(-1) == ";" and ");" or ")"
    text = joined(file, parts, indent, "[", "]", #indent + #begin + #ending)
    text = text and begin .. text .. ending
  end
  if not edits or not text then
    return nil
  end
  table.insert(edits, { at = file:span(from, to), text = text })
  return { title = "wait for them together", safety = "unsafe", edits = edits }
end

-- The only thing that a loop's body does, as {call, kept}: `await f(x)`, `all.append(await f(x))`, `all.push(await f(x))`, or a
-- name and the call that keeps it. `kept` is the list.
local function deed_of(body, await)
  local statements = body:children()
  local first, second = statements[1], statements[2]
  if #statements == 1 and first.kind == "expr-stmt" then
    local value = first:child("value")
    if value and value:same(await) then
      return { value = await:child("value") }
    end
    local arg = value and value.kind == "call" and (value.name == "append" or value.name == "push") and value:arg(1)
    local list = arg and value:receiver()
    if arg and arg:same(await) and list and #value:args() == 1 then
      return { value = await:child("value"), kept = list.source }
    end
  elseif #statements == 2 and first.kind == "assign" and second.kind == "expr-stmt" then
    local target, value, keep = first:child("target"), first:child("value"), second:child("value")
    local arg = keep and keep.kind == "call" and (keep.name == "append" or keep.name == "push") and keep:arg(1)
    local list = arg and keep:receiver()
    local is_same = target and value and value:same(await) and target.kind == "name" and arg and arg.kind == "name" and arg.text == target.text
    if is_same and list and #keep:args() == 1 then
      return { value = await:child("value"), kept = list.source }
    end
  end
  return nil
end

-- A fix for a loop that does nothing but wait once per item, or nil.
function M.loop(file, found)
  local node, await = found.node, found.await
  local python = is_python(file)
  local edits = {}
  if python then
    edits = imports.edits(file, "asyncio")
    if not edits then
      return nil
    end
  end
  local title = "wait for all of them together"
  if node.kind == "clause" then
    local list = node:parent()
    local element = list and list:children()[1]
    local value = await:child("value")
    local text = list and list.source or ""
    if not list or not text:match("^%[%s*await%s") or not element or not element:same(await) or not value then
      return nil
    end
    local _, ends = value:bytes()
    local from, to = list:bytes()
    local rest = text_between(file, ends + 1, to - 1)
    table.insert(edits, { at = file:span(from, to), text = `await asyncio.gather(*({value.source}{rest}))` })
    return { title = title, safety = "unsafe", edits = edits }
  end
  local body, target, iter = node:child("body"), node:child("target"), node:child("iter")
  local deed = body and deed_of(body, await)
  if node.kind ~= "for" or not deed or not target or not iter or deed.value.source:find("\n", 1, true) or body.source:find("//", 1, true) or body.source:find("#", 1, true) then
    return nil
  end
  local text
  if python then
    local all = `await asyncio.gather(*({deed.value.source} for {target.source} in {iter.source}))`
    text = deed.kept and `{deed.kept}.extend({all})` or all
  else
    if not node.source:match("^for%s*%([^%)]-%sof%s") then
      return nil
    end
    local all = `await Promise.all(Array.from({iter.source}, ({target.source}) => {deed.value.source}))`
    local ending = layout.ending(file)
    text = deed.kept and `{deed.kept}.push(...({all})){ending}` or `{all}{ending}`
  end
  table.insert(edits, { at = node, text = text })
  return { title = title, safety = "unsafe", edits = edits }
end

return M
