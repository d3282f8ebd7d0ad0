-- Queries that a view, or a class with queries of its own, goes on from: `self.get_queryset().select_related("customer")`.

local class_members = require("class_members")
local declared = require("declared")
local parameter = require("parameter")
local row_sources = require("row_sources")

local M = {}

-- The query that stands behind the first call of a chain, where that is asked of the object itself; nil where it is not seen. `links` are the calls of the chain,
-- the innermost last, `rest` is what it begins with.
function M.begun(links, rest, context)
  local first = rest and rest.kind == "name" and parameter.is_self(rest) and links and links[#links]
  local on = first and first:receiver()
  local class = on and on:same(rest) and context and first:enclosing({ "class" })
  local lineage = class and declared.lineage(class, context.repo)
  local method = lineage and class_members.inherited(lineage, first.name)
  if method then
    return method.kind == "function" and row_sources.given_by(method) or nil
  elseif not lineage or first.name ~= "get_queryset" then
    return nil
  end
  -- That of the framework gives what the view declares.
  local query = class_members.inherited(lineage, "queryset")
  return query and query.kind ~= "function" and query or nil
end

return M
