-- A statement of SQL that is put together from text: the whole of it with `{}` for what is put in, and the expressions that are put in, in order.

local M = {}

-- Puts `{}` in place of what a library of formats fills in: `%s`, `%(name)s`, `{name}`.
local FORMS = { percent = { "%%%(([%w_]*)%)[sdrif]", "%%()[sdrifvqx]" }, format = { "{([%w_]*)[^{}]*}" } }

local function filled(text, forms)
  local names = {}
  for _, form in forms do
    text = text:gsub(form, function(name)
      table.insert(names, type(name) == "string" and name or "")
      return "{}"
    end)
  end
  return text, names
end

-- Adds the parts of `a + b + c`.
local function add_parts(node, out)
  if node.kind == "binary" and node.text == "+" then
    for _, part in node:children() do
      add_parts(part, out)
    end
  elseif node.kind == "str" then
    out.text ..= node.text
  elseif node.kind == "template" then
    out.text ..= node.text
    for _, hole in node:children() do
      table.insert(out.holes, hole)
    end
  else
    out.text ..= "{}"
    table.insert(out.holes, node)
  end
end

-- What a text node is a part of: {text, holes, top}; nil where nothing is put in, or a library takes the values apart from the text (`sql\`...\``).
function M.of(node)
  local top, parent = node, node:parent()
  while parent and parent.kind == "binary" and parent.text == "+" do
    top, parent = parent, parent:parent()
  end
  if node.kind == "template" and parent and parent.kind == "call" and parent.source:find("^[%w_%.%$]+%s*`") or parent and parent.kind == "call" and parent.source:find("^[%w_%.%$]+<[^`(]*>%s*`") then
    return nil
  end
  local out = { text = "", holes = {}, top = top }
  add_parts(top, out)
  if parent and parent.kind == "binary" and parent.text == "%" and parent:children()[1]:same(top) then
    local right = parent:children()[2]
    local text = filled(out.text, FORMS.percent)
    local values = right.kind == "list" and right:children("item") or right.kind == "dict" and {} or { right }
    return #out.holes == 0 and #values > 0 and { text = text, holes = values, top = parent } or nil
  elseif parent and parent.kind == "attr" and parent.text == "format" and parent:parent() and parent:parent().kind == "call" then
    local call = parent:parent()
    local text, names = filled(out.text, FORMS.format)
    local values = {}
    for at, name in names do
      local value = name == "" and (call:arg(at)) or tonumber(name) and (call:arg(tonumber(name) + 1)) or (call:arg(name))
      if not value then
        return nil
      end
      table.insert(values, value)
    end
    return #values > 0 and { text = text, holes = values, top = call } or nil
  elseif parent and parent.kind == "call" and parent.name == "Sprintf" then
    local text = filled(out.text, { "%%()%+?[sdvqx]" })
    local values = {}
    for at, argument in parent:args() do
      if at > 1 then
        table.insert(values, argument)
      end
    end
    return #values > 0 and { text = text, holes = values, top = parent } or nil
  end
  return #out.holes > 0 and out or nil
end

-- Whether what stands before a hole says that a value comes: "value", "page" (a limit or an offset), or nil.
local function place_of(before, after)
  local upper = before:upper()
  local quoted = before:find("'%%?$") ~= nil
  if quoted then
    -- The quote must open a text, not end one.
    local _, count = before:gsub("'", "")
    return count % 2 == 1 and "value" or nil
  elseif after:find("^[%w_%.%(\"]") then
    return nil
  elseif upper:find("%f[%a]LIMIT%s+$") or upper:find("%f[%a]OFFSET%s+$") then
    return "page"
  elseif upper:find("[=<>]%s*$") or upper:find("%f[%a]LIKE%s+$") or upper:find("%f[%a]IN%s*%(%s*$") or upper:find("%f[%a]BETWEEN%s+$") or upper:find("%f[%a]VALUES%s*%([^%(%)]*[%(,]%s*$") then
    return "value"
  end
  return nil
end

-- Calls `see` with each expression that stands where a value would: the expression and "value" or "page".
function M.values(statement, see)
  local from = 1
  for _, hole in statement.holes do
    local first = statement.text:find("{}", from, true)
    if not first then
      return
    end
    local place = place_of(statement.text:sub(1, first - 1), statement.text:sub(first + 2))
    if place then
      see(hole, place)
    end
    from = first + 2
  end
end

return M
