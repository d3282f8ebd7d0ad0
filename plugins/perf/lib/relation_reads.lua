-- Where relations of a row are read: attributes below a node, and those in functions and methods of the repository that are handed the row.

local declared = require("declared")
local parameter = require("parameter")
local set = require("words").set

local M = {}

-- Methods of a relation to many that read, and those that a prefetched relation answers without a query.
local READS = set("all", "filter", "exclude", "order_by", "first", "last", "count", "exists", "values", "values_list", "get", "aggregate", "latest", "earliest", "distinct", "annotate", "only")
local PREFETCHED = set("all", "count", "exists")

-- How a relation is read where an attribute stands: the place, or nil where it is only written, or asked for something without a query.
local function reading(attr, relation, eager)
  local parent = attr:parent()
  if attr:role() == "target" or not parent or parent.kind == "delete" then
    return nil
  end
  if relation.kind == "many" or relation.loading == "query" then
    local call = parent.kind == "attr" and parent:parent()
    if not call or call.kind ~= "call" or not READS[parent.text] or call:child("callee") == nil or not call:child("callee"):same(parent) then
      return nil
    end
    if eager and PREFETCHED[parent.text] then
      return nil
    end
    return call
  end
  return not eager and attr or nil
end

-- Whether a relation is read for its number of rows only: `order.lines.count()`, `order.lines.filter(paid=True).count()`.
local function is_counted(at)
  if at.kind ~= "call" then
    return false
  end
  local after = at:chained()
  return (after[#after] or at).name == "count"
end

-- What the query of the rows lacks, by what is read of each row: links that bring rows along, and for what is only counted the number of them.
function M.missing(reads, is_django)
  local counted, brought = {}, 0
  for _, one in reads do
    if one.is_counted then
      table.insert(counted, if is_django then `annotate(Count("{one.name}"))` else `a count of \`{one.name}\` grouped by row`)
    else
      brought += 1
    end
  end
  if brought > 0 then
    table.insert(counted, 1, if is_django then "select_related or prefetch_related" else "joinedload or selectinload")
  end
  return table.concat(counted, ", ")
end

-- The attributes that are read from the name `text` below `node`.
local function attributes_of(node, text)
  local all = {}
  for _, name in node:descendants("name", text) do
    local around = name:parent()
    if around and around.kind == "attr" and name:role() == "value" then
      table.insert(all, around)
    end
  end
  return all
end

-- What of the relations of a model is read from the name `text` below `node`: {{name, at, relation, is_counted}}.
function M.below(node, text, relations, rows, skip)
  local all, seen = {}, {}
  for _, attr in attributes_of(node, text) do
    local relation = relations[attr.text]
    local is_shared = rows.fixed and relation and (rows.fixed[attr.text] or rows.fixed[attr.text .. "_id"])
    if relation and not is_shared and attr.text ~= skip and not seen[attr.text] then
      local is_eager = rows.eager[attr.text] or rows.all_eager and relation.kind == "one" and not relation.is_reverse
      local at = reading(attr, relation, is_eager)
      if at then
        seen[attr.text] = true
        table.insert(all, { name = attr.text, at = at, relation = relation, is_counted = is_counted(at) })
      end
    end
  end
  return all
end

-- The same in the functions of the repository that are handed the row, and in methods and properties of its class.
function M.beyond(node, text, model, rows, skip)
  for _, name in node:descendants("name", text) do
    local call = name:parent()
    if call and call.kind == "kw-arg" then
      call = call:parent()
    end
    for _, func in call and call.kind == "call" and name:role() ~= "callee" and call:callees() or {} do
      local param = parameter.taking(func, call, name)
      local reads = param and M.below(func.node, param.text, model.relations, rows, skip) or {}
      if #reads > 0 and #call:callees() == 1 then
        return reads, call
      end
    end
  end
  local own = {}
  for _, class in declared.lineage(model.class, model.repo) do
    for _, statement in class:child("body"):children() do
      if statement.kind == "function" and not own[statement.name] then
        own[statement.name] = statement
      end
    end
  end
  for _, attr in attributes_of(node, text) do
    local method = own[attr.text]
    local parent = attr:parent()
    local is_called = parent ~= nil and parent.kind == "call" and attr:role() == "callee"
    local is_property = method and #method:children("decorator") > 0 and method:children("decorator")[1].source:find("property", 1, true) ~= nil
    local is_cached = method and #method:children("decorator") > 0 and method:children("decorator")[1].source:find("cache", 1, true) ~= nil
    if method and (is_called or is_property) and not is_cached then
      local self = method:children("param")[1]
      local reads = self and M.below(method, self.text, model.relations, rows, skip) or {}
      if #reads > 0 then
        return reads, is_called and parent or attr
      end
    end
  end
  return {}
end

return M
