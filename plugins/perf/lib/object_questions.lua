-- Questions that JavaScript's libraries have written as objects: `{ where: { userId: 3, createdAt: { gte: day } }, orderBy: { createdAt: "desc" }, take: 20 }`.

local literal_entries = require("literal_entries")
local set = require("words").set

local M = {}

local RANGES = set("gt", "gte", "lt", "lte", "Op.gt", "Op.gte", "Op.lt", "Op.lte", "Op.between", "between")
local SAME = set("equals", "eq", "Op.eq")
local IN = set("in", "Op.in")
-- What other libraries wrap a value in: `MoreThan(day)`, `In([1, 2])`.
local WRAPPED = { MoreThan = "range", MoreThanOrEqual = "range", LessThan = "range", LessThanOrEqual = "range", Between = "range", In = "in", IsNull = "null", Equal = "equal" }
local OTHER = set("Not", "Like", "ILike", "Raw", "Any", "ArrayContains")

-- How a value is compared with its column: "equal", "in", "range", "null", "other"; nil where the value says conditions on another table.
function M.how(value)
  if value.kind == "null" then
    return "null"
  elseif value.kind == "list" then
    return "in"
  elseif value.kind == "call" then
    return WRAPPED[value.name] or OTHER[value.name] and "other" or "equal"
  elseif value.kind ~= "dict" then
    return "equal"
  end
  local found = "other"
  for _, pair in value:children() do
    local written = pair.kind == "pair" and pair:child("key")
    local word = pair.text ~= "" and pair.text or written and written.source:gsub("[%[%]]", ""):gsub("^Sequelize%.", "") or ""
    found = RANGES[word] and "range" or SAME[word] and "equal" or IN[word] and "in" or found
  end
  return found
end

-- Adds the conditions of `entries` to a question; false where one is no column of the table.
function M.conditions(table_, entries, question)
  for _, entry in entries do
    if not table_.columns[entry.key] then
      return false
    end
    table.insert(question.conditions, { field = entry.key, how = M.how(entry.value), value = entry.value, at = entry.at })
  end
  return true
end

-- The fields of an order: `{ createdAt: "desc" }`, `[{ a: "asc" }, ...]`, `[["createdAt", "DESC"]]`; nil where it is not written out.
function M.sorts(node)
  local all = {}
  local function add(part)
    if part.kind == "dict" then
      for _, entry in literal_entries.of(part) or {} do
        if entry.value.kind == "dict" and not literal_entries.get(entry.value, "sort") then
          return false
        end
        table.insert(all, entry.key)
      end
      return true
    end
    local text = part.kind == "list" and part:children("item")[1] and part:children("item")[1]:literal() or part:literal()
    table.insert(all, text)
    return type(text) == "string"
  end
  local parts = node.kind == "list" and node:children("item") or { node }
  for _, part in parts do
    if not add(part) then
      return nil
    end
  end
  return all
end

return M
