-- What a condition that is written as an object narrows rows to. `{ ownerId }` asks for what belongs to the owner and `{ collection: { id } }`
-- for one collection; `{ collection: { ownerId } }` asks for what belongs to all of the owner's collections together, and
-- `{ $text: { $search: words } }` for whatever matches.

local piling = require("piling")
local set = require("words").set
local words = require("words")

local M = {}

-- Columns that name one row of the table that a relation leads to.
local OWN_KEYS = set("id", "_id", "uuid", "guid", "pk", "slug", "key", "email", "token", "code", "name")
-- Words that join conditions; those below them speak of the same row.
local JOINS = set("AND", "OR", "NOT", "$and", "$or")
-- Words that lead from a row to others, and say nothing themselves.
local RELATIONS = set("some", "every", "none", "is", "isNot")
-- Relations that say who takes part: what somebody is a member of is theirs.
local MEMBERS = set("members", "memberships", "member", "users", "collaborators", "participants", "userRoles", "roles")
-- Relations to a table that only joins rows with others, by the last word: an entry of it names one row of each. Where the rows are such as pile up, the entries are parts of
-- them instead: `order.items`.
local JOINING = set("items", "assignments", "mappings", "taggings", "relations", "joins", "associations", "attachments")
-- Words that compare with one value, or with some.
local EQUAL = set("in", "equals", "$in", "$eq")
-- Words that search for a text.
local PATTERNS = set("contains", "startsWith", "endsWith", "search", "$regex", "$text", "$search")
-- Words that compare, and let any number of rows through.
local OPEN = set("not", "notIn", "between", "gt", "gte", "lt", "lte", "mode", "$ne", "$gt", "$gte", "$lt", "$lte", "$exists", "$nin", "$options")

-- The word of a pair: its key, also of sequelize's `[Op.in]`.
local function word_of(item)
  if item.text ~= "" then
    return item.text
  end
  local key = item:child("key")
  local operator = key and key.source:match("Op%.(%a+)")
  return operator and ({ ne = "not", iLike = "contains", like = "contains", substring = "contains", eq = "equals" })[operator] or operator or ""
end

-- Whether a key stands for several columns that name one row together: `owner_symbol: { owner, symbol }`.
local function is_composite(key, value)
  local names = {}
  for _, item in value:children("item") do
    table.insert(names, item.text)
  end
  return #names > 1 and table.concat(names, "_") == key
end

local function is_value(node)
  local _, known = node:literal()
  return not known and node.kind ~= "bool" and node.kind ~= "null" and node.kind ~= "str" and node.kind ~= "num"
end

-- Whether a condition asks for the rows that are joined with one row of another table: `items: { some: { linkId } }`, the tags of one link.
local function is_joined_with_one(key, value)
  local all = words.of(key)
  local some = JOINING[all[#all] or ""] and value.kind == "dict" and value:entry("some")
  for _, column in some and some.kind == "dict" and some:children("item") or {} do
    local named, compared = column.kind == "pair" and word_of(column) or "", column.kind == "pair" and column:child("value")
    if (named:find("%l[iI]d$") or named:find("_id$")) and compared and compared.kind ~= "dict" and is_value(compared) then
      return true
    end
  end
  return false
end

local visit

local function visit_pair(key, value, depth, said)
  if JOINS[key] then
    for _, one in value.kind == "list" and value:children("item") or { value } do
      visit(one, depth, said)
    end
    return
  elseif PATTERNS[key] then
    said.search = true
    return
  end
  local of = (depth == 0 or OWN_KEYS[key]) and "own" or "through"
  if value.kind ~= "dict" then
    said[of] = said[of] or is_value(value)
    return
  end
  said.own = said.own or depth == 0 and said.stays_few and is_joined_with_one(key, value)
  local inner = {}
  for _, item in value:children("item") do
    local word = item.kind == "pair" and word_of(item) or ""
    local compared = item:child("value")
    if EQUAL[word] then
      said[of] = said[of] or compared ~= nil and is_value(compared)
    elseif PATTERNS[word] then
      said.search = true
    elseif not OPEN[word] then
      table.insert(inner, item)
    end
  end
  -- Several values together name one row of what a relation leads to.
  local values = 0
  for _, item in inner do
    local compared = item.kind == "pair" and item:child("value")
    values += compared and compared.kind ~= "dict" and compared.kind ~= "list" and is_value(compared) and 1 or 0
  end
  said.own = said.own or values > 1
  local below = is_composite(key, value) and 0 or (RELATIONS[key] or MEMBERS[key]) and depth or depth + 1
  for _, item in inner do
    if item.kind == "pair" then
      visit_pair(word_of(item), item:child("value") or item, below, said)
    else
      visit(item, below, said)
    end
  end
end

visit = function(node, depth, said)
  if node.kind == "spread" then
    node = node:child("value") or node
  end
  if node.kind == "conditional" or node.kind == "logic" then
    -- Conditions that may be there narrow nothing when they are not.
    return
  elseif node.kind == "name" then
    local value = node:value()
    node = value and value.kind == "dict" and value or node
  end
  if node.kind ~= "dict" then
    said.hidden = true
    return
  end
  for _, item in node:children("item") do
    if item.kind == "pair" then
      visit_pair(word_of(item), item:child("value") or item, depth, said)
    else
      visit(item, depth, said)
    end
  end
end

-- What all that a condition compares leads to: "through" a relation only, a "search" only, or nil where it names what the rows belong
-- to themselves, or a part of it is not seen. `name` is what the rows are called, where that is known.
function M.of(where, name)
  local said = { stays_few = name ~= nil and not piling.grows(name) }
  visit(where, 0, said)
  if said.own or said.hidden then
    return nil
  end
  return said.through and "through" or said.search and "search" or nil
end

return M
