-- Models of Objection that hang on something of which nobody sees what it holds: `app.models.orders.query().findById(id)`, `APP.models.orders.query().insert(row)`.
-- What they are tells the form of the chain: a `query()` that is asked by links of Objection's builder, in a repository that uses it.

local few_rows = require("few_rows")
local set = require("words").set

local M = {}

local WRITES = set(
  "insert", "insertAndFetch", "insertGraph", "insertGraphAndFetch", "upsertGraph", "upsertGraphAndFetch", "patch", "patchAndFetch", "patchAndFetchById", "update", "updateAndFetch", "updateAndFetchById", "delete", "deleteById", "del", "increment",
  "decrement", "relate", "unrelate"
)
local ONE = set("findById", "findOne", "first", "resultSize")
local LINKS = set(
  "where", "andWhere", "orWhere", "whereIn", "whereNot", "whereNotIn", "whereNull", "whereNotNull", "whereBetween", "whereExists", "whereRaw", "select", "column", "columns", "distinct", "count", "max", "min", "sum", "join", "leftJoin", "innerJoin",
  "joinRelated", "leftJoinRelated", "withGraphFetched", "withGraphJoined", "modifyGraph", "modify", "orderBy", "groupBy", "having", "limit", "offset", "page", "range", "throwIfNotFound", "returning", "for", "from", "findByIds", "alias", "context",
  "onConflict", "merge", "ignore", "transacting", "skipUndefined"
)

-- What such a chain does to the database, in the form of `store.access`, with whether it is only suspected to cost; nil for any other call.
function M.access(call)
  if call.name ~= "query" and call.name ~= "$relatedQuery" or not call:receiver() or #call:callees() > 0 then
    return nil
  elseif call.name == "query" and #call:args() > 1 or call:fact("kind") then
    return nil
  end
  for _, target in call:target() do
    if not target:find("^global%.") then
      return nil
    end
  end
  local after = call:chained()
  local sort, is_one = "read", false
  for _, link in after do
    if WRITES[link.name] then
      sort = "write"
    elseif ONE[link.name] then
      is_one = true
    elseif not LINKS[link.name] then
      return nil
    end
  end
  local whole = after[#after] or call
  if #after == 0 and call.name == "query" or not whole:is_awaited() then
    return nil
  end
  local on = call:receiver()
  -- What is written one by one where models are kept together is mostly what an administrator saves, or a start brings up to date.
  local is_suspected = sort == "write" or few_rows.named(on.name)
  return { call = call, whole = whole, sort = sort, store = "sql", alone = false, one = is_one, what = whole:same(call) and `{on.name}.{call.name}` or `{on.name}.{call.name}().{whole.name}`, hops = {}, is_unseen = true, is_suspected = is_suspected }
end

return M
