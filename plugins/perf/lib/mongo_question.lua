-- What a query asks a collection of MongoDB for: the fields that it filters by, in every form of the filter that can be seen, and
-- what it sorts by.

local index_keys = require("index_keys")
local literal_entries = require("literal_entries")
local set = require("words").set

local M = {}

-- Operators that an index answers with a part of itself.
local SELECTIVE = set("$eq", "$in", "$gt", "$gte", "$lt", "$lte", "$elemMatch", "$all")
-- Those that read nearly all of it.
local WEAK = set("$ne", "$nin", "$not", "$exists", "$size", "$mod", "$type", "$regex", "$options", "$bitsAllSet")

-- How well an index on the field would answer: "good", "weak", or nil where that cannot be said.
local function quality(value)
  if value.source:match("^/") or value.source:match("^new RegExp%(") or value.source:match("^re%.compile%(") then
    return "weak"
  end
  local entries, is_whole = literal_entries.of(value)
  if not entries or value.kind == "list" then
    return "good"
  elseif not is_whole then
    return nil
  end
  local found = "good"
  for _, entry in entries do
    if WEAK[entry.key] then
      found = "weak"
    elseif entry.key:sub(1, 1) == "$" and not SELECTIVE[entry.key] then
      return nil
    end
  end
  return found
end

-- Whether the value is true or false: such a field halves a collection at best.
local function is_flag(value)
  return value.kind == "bool" or value.text == "True" or value.text == "False"
end

-- Reads a filter into `out`: {fields = {name = {at, is_flag}}, weak = {name = true}, branches = {...}}; false where a part of it is not seen.
local function read(node, out)
  local entries, is_whole = literal_entries.of(node)
  if not entries or not is_whole then
    return false
  end
  for _, entry in entries do
    local key = entry.key
    if key == "$and" then
      for _, part in entry.value:children(entry.value.kind == "list" and "item" or "arg") do
        if not read(part, out) then
          return false
        end
      end
    elseif key == "$or" then
      local branches = {}
      for _, part in entry.value:children(entry.value.kind == "list" and "item" or "arg") do
        local branch = { fields = {}, weak = {}, branches = {}, order = {} }
        if not read(part, branch) then
          return false
        end
        table.insert(branches, branch)
      end
      if #branches == 0 then
        return false
      end
      for _, branch in branches do
        table.insert(out.branches, branch)
      end
    elseif key:sub(1, 1) == "$" then
      return false
    else
      local how = quality(entry.value)
      if not how then
        return false
      elseif how == "weak" then
        out.weak[key] = true
      elseif not out.fields[key] then
        out.fields[key] = { at = entry.at, is_flag = is_flag(entry.value) }
        table.insert(out.order, key)
      end
    end
  end
  return true
end

-- What a filter asks; nil where it is not seen whole. No filter at all asks for everything.
function M.of(filter)
  local out = { fields = {}, weak = {}, branches = {}, order = {} }
  if not filter or filter.kind == "null" then
    return out
  end
  return read(filter, out) and out or nil
end

-- Adds a condition that is given in another form than a filter: `User.name == name`, `name__gt=3`.
function M.add(out, field, at, how)
  if how == "weak" then
    out.weak[field] = true
  elseif not out.fields[field] then
    out.fields[field] = { at = at, is_flag = false }
    table.insert(out.order, field)
  end
end

local function served(indexes, asked)
  local all = {}
  for field in asked.fields do
    all[field] = true
  end
  -- An index on a field that is asked for weakly would still be read in place of the collection.
  for field in asked.weak do
    all[field] = true
  end
  return index_keys.serves(indexes, all)
end

-- The fields by which a collection is searched without an index, in order; nil where an index serves or nothing selective is asked.
function M.unserved(indexes, asked)
  if served(indexes, asked) then
    return nil
  end
  for _, branch in asked.branches do
    if #branch.order > 0 and not served(indexes, branch) then
      return branch.order, branch
    end
  end
  if #asked.branches > 0 or #asked.order == 0 then
    return nil
  end
  return asked.order, asked
end

-- The links of a chain that change what is asked in ways that are not read.
local REFINES = set("where", "and", "or", "nor", "elemMatch", "hint", "collation", "match", "equals", "find", "filter")

-- The sort and the limit of the chain that begins with a query: {columns, at}, whether it has a limit, and whether all of it was read.
function M.refined(call)
  local sort, is_limited, is_whole = nil, false, true
  for _, link in call:chained() do
    if link.name == "sort" or link.name == "order_by" then
      local columns = index_keys.columns(link:arg(1))
      if columns then
        sort = { columns = columns, at = link }
      else
        is_whole = false
      end
    elseif link.name == "limit" or link.name == "Limit" or link.name == "first_or_none" or link.name == "first" then
      is_limited = true
    elseif REFINES[link.name] then
      is_whole = false
    end
  end
  return sort, is_limited, is_whole
end

return M
