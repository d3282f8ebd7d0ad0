-- The change that lets a query of Django bring relations along with its rows.

local layout = require("layout")
local relation_links = require("relation_links")
local set = require("words").set

local M = {}

-- Links behind which a queryset takes `select_related` as any other; a row that is cut down by `only` may not.
local LINKS = set("all", "filter", "exclude", "order_by", "distinct", "annotate", "reverse", "alias", "select_related", "prefetch_related")

-- The ways to all rows that a read of a relation to one asks for, each with those before it: `project__owner`.
local function ways_of(one)
  local all, ways = { one.path or one.name }, {}
  for path in one.beyond or {} do
    table.insert(all, path)
  end
  for _, path in all do
    local is_within = false
    for _, other in all do
      is_within = is_within or other:sub(1, #path + 2) == path .. "__"
    end
    if not is_within then
      table.insert(ways, path)
    end
  end
  table.sort(ways)
  return ways
end

-- The links that bring relations along, behind a query that is written out where it is used; `reads` are {name, relation, is_counted}.
function M.of(query, reads, rows)
  if rows.is_guess or rows.is_given or query.kind ~= "call" then
    return nil
  end
  local _, before = query:chained()
  for _, link in { query, unpack(before) } do
    if not LINKS[link.name] then
      return nil
    end
  end
  local quote, joined, fetched = layout.quote(query.file), {}, {}
  for _, one in reads do
    if one.is_counted then
      -- Bringing all rows along to count them is no mend; the count needs a name that the code then reads.
      return nil
    elseif one.is_endless or one.path and one.path ~= one.name then
      -- What hangs on a relation is brought along with that: how, is for the author to say.
      return nil
    elseif one.relation.kind == "one" then
      for _, way in ways_of(one) do
        table.insert(joined, quote .. way .. quote)
      end
    elseif rows.eager[one.name] or relation_links.asks_again(one.at) then
      return nil
    else
      table.insert(fetched, quote .. one.name .. quote)
    end
  end
  local text = (#joined > 0 and `.select_related({table.concat(joined, ", ")})` or "") .. (#fetched > 0 and `.prefetch_related({table.concat(fetched, ", ")})` or "")
  return { title = "bring the relations along with the rows", safety = "unsafe", edits = { { after = query, text = text } } }
end

return M
