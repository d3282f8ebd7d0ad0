-- What the API says, in words that are the same in every language.

local M = {}

-- Several texts, in order.
function M.list(texts: { any }): string
  return M.list_of(texts, function(text)
    return text
  end)
end

-- What is said of several things, in their order.
function M.list_of(things: { any }, say: (any) -> any): string
  local texts = {}
  for _, thing in things do
    table.insert(texts, tostring(say(thing)))
  end
  return table.concat(texts, ", ")
end

-- Names with their values, in the order of the names: a table has no other.
function M.pairs(texts: { [string]: string }): string
  local names = {}
  for name in texts do
    table.insert(names, name)
  end
  table.sort(names)
  return M.list_of(names, function(name)
    return `{name}={texts[name]}`
  end)
end

-- A text, or a dash for nothing.
function M.or_dash(text: any): string
  return if text == nil then "-" else tostring(text)
end

-- Whether something is so.
function M.yes(is_so: boolean): string
  return if is_so then "yes" else "no"
end

-- A value of code or of a document.
function M.literal(value: any, known: boolean): string
  if not known then
    return "unknown"
  elseif value == nil then
    return "null"
  elseif type(value) == "boolean" then
    return M.yes(value)
  end
  return if type(value) == "string" then `'{value}'` else tostring(value)
end

-- The value of an entry of a document.
function M.scalar(doc: Doc): string
  return M.literal(doc.value, doc.value ~= nil or doc.kind == "null")
end

return M
