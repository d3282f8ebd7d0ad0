-- What chains of TypeORM's query builder ask of a table by the keys of its rows: `createQueryBuilder("order").leftJoin("order.customer", "customer")
-- .where("customer.id = :id")` goes by the key of the customer, and `.leftJoinAndSelect("order.lines", "line")` by that of the order in the lines.

local query_chain = require("query_chain")
local set = require("words").set

local M = {}

local JOINS = set("leftJoin", "leftJoinAndSelect", "innerJoin", "innerJoinAndSelect", "leftJoinAndMapMany", "innerJoinAndMapMany")
local FILTERS = set("where", "andWhere")

-- The links of a chain, also those that are put behind it where a variable holds it.
local function links_of(call)
  local after = call:chained()
  local all = table.clone(after)
  local func, taker = call:func(), query_chain.taker(call)
  for _, link in func and taker and query_chain.called_on(func.node)[taker] or {} do
    if link.id > call.id then
      table.insert(all, link)
    end
  end
  return all
end

local function text_of(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

-- The relation and the name under which it is joined: "order.customer", "customer".
local function joined(link)
  local first = link.name:find("Map", 1, true) and 2 or 1
  local path, alias = text_of(link:arg(first)), text_of(link:arg(first + 1))
  local owner, field = (path or ""):match("^([%w_]+)%.([%w_]+)$")
  return owner, field, alias
end

-- Calls `see` for each question of a chain that begins with `call` on a table; `tables` are those of the repository.
function M.see(call, table_, tables, see)
  local alias = text_of(call:arg(1))
  if not alias then
    return
  end
  -- What each name stands for: the key of the table that it is joined by.
  local key_of, keys, by_id = {}, {}, false
  for _, link in links_of(call) do
    if JOINS[link.name] then
      local owner, field, name = joined(link)
      local column, list = field and table_.columns[field], field and table_.lists and table_.lists[field]
      local other = owner == alias and list and tables[list.other]
      if owner == alias and name and column and column.is_key then
        key_of[name] = field
      elseif other and other.columns[list.by] then
        see({ table = other, conditions = { { field = list.by, how = "equal", at = link } }, sorts = {}, call = call, is_one = false, is_limited = false, is_joined = true })
      end
    elseif FILTERS[link.name] then
      local text = text_of(link:arg(1)) or ""
      -- `order.customer IN (:...ids)` goes by the key as well.
      local compared = text:gsub('"', ""):gsub("%s+[iI][nN]%s*%(?%s*:%.%.%.", " = :")
      for name, field in compared:gmatch("([%w_]+)%.([%w_]+)%s*=%s*:[%w_]") do
        local column = name == alias and table_.columns[field]
        by_id = by_id or name == alias and field == "id"
        local key = field == "id" and key_of[name] or column and column.is_key and field
        if key and not text:find("%f[%w][oO][rR]%f[%W]") then
          keys[key] = keys[key] or link
        end
      end
    end
  end
  for field, link in by_id and {} or keys do
    see({ table = table_, conditions = { { field = field, how = "equal", at = link } }, sorts = {}, call = call, is_one = false, is_limited = false, is_joined = true })
  end
end

return M
