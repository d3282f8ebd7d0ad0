-- What a read asks of a relation: its rows, their number, or some of them; and which links of a query bring that along.

local set = require("words").set

local M = {}

-- Links of a relation to many that ask the database for rows of their own, whatever was brought along.
local ASKING = set("filter", "exclude", "order_by", "first", "last", "values", "values_list", "get", "aggregate", "latest", "earliest", "distinct", "annotate", "only")

-- Links that rows brought along may answer; what is called otherwise is a method of the project that refines.
local PLAIN = set("all", "count", "exists", "contains", "prefetch_related", "select_related", "in_bulk", "iterator", "using", "get_queryset")

-- Whether a relation is read for its number of rows only: `order.lines.count()`, `order.lines.filter(paid=True).count()`.
function M.is_counted(at)
  if at.kind ~= "call" then
    return false
  end
  local after = at:chained()
  return (after[#after] or at).name == "count"
end

-- Whether what is read of a relation is a query of its own, which rows brought along do not answer: `order.lines.filter(paid=True)`, `order.lines.all().first()`.
function M.asks_again(at)
  if at.kind ~= "call" or not at:receiver() then
    return false
  elseif ASKING[at.name] or not PLAIN[at.name] then
    return true
  end
  for _, link in (at:chained()) do
    if ASKING[link.name] then
      return true
    end
  end
  return false
end

-- What the query of the rows lacks, by what is read of each row: links that bring rows along, and for what is only counted the number of them.
function M.missing(reads, is_django)
  local counted, brought, asked = {}, 0, 0
  for _, one in reads do
    if one.is_counted then
      table.insert(counted, if is_django then `annotate(Count("{one.path or one.name}"))` else `a count of \`{one.name}\` grouped by row`)
    elseif one.relation.kind == "many" and M.asks_again(one.at) then
      asked += 1
    else
      brought += 1
    end
  end
  if asked > 0 then
    -- What a relation is filtered by has to be in the query that brings its rows along.
    table.insert(counted, 1, if is_django then "a Prefetch whose queryset filters in the same way, or one query for all of them" else "one query for all of them")
  end
  if brought > 0 then
    table.insert(counted, 1, if is_django then "select_related or prefetch_related" else "joinedload or selectinload")
  end
  return table.concat(counted, ", ")
end

return M
