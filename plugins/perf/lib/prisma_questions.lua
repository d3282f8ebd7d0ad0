-- What code asks of Prisma's models: the fields that queries filter and sort by, and the lists that they bring along.

local literal_entries = require("literal_entries")

local M = {}

local METHODS = { "findMany", "findFirst", "findFirstOrThrow", "count", "deleteMany", "updateMany", "aggregate", "groupBy", "findUnique", "findUniqueOrThrow", "create", "update", "upsert", "delete" }
-- The calls that ask a model for something, by their paths.
M.CALLS = {}
for _, method in METHODS do
  table.insert(M.CALLS, `@prisma/client.Delegate.{method}`)
end

-- The model that a call asks: `prisma.orderLine.findMany` asks `OrderLine`.
function M.model_of(call, schema)
  local receiver = call:receiver()
  local name = receiver and receiver.kind == "attr" and receiver.text
  if not name or name == "" then
    return nil
  end
  return schema.models[name:sub(1, 1):upper() .. name:sub(2)] or schema.models[name]
end

-- The fields of `where`, those of `AND` included; `OR` stands for what only a part of the rows is found by.
function M.fields_of(where, out)
  for _, entry in literal_entries.of(where) or {} do
    if entry.key == "AND" then
      local parts = entry.value.kind == "list" and entry.value:children("item") or { entry.value }
      for _, part in parts do
        M.fields_of(part, out)
      end
    elseif entry.key ~= "OR" and entry.key ~= "NOT" then
      table.insert(out, entry)
    end
  end
end

-- The lists that are brought along, through all levels: `include: { orders: { include: { lines: true } } }`.
local function brought(schema, model, options, see, call)
  for _, word in { "include", "select" } do
    for _, entry in literal_entries.of(literal_entries.get(options, word)) or {} do
      local field = model.fields[entry.key]
      local target = field and schema.models[field.type]
      if entry.key == "_count" then
        local inner = literal_entries.get(entry.value, "select")
        for _, counted in literal_entries.of(inner) or {} do
          local list = model.fields[counted.key]
          if list and list.is_list and schema.models[list.type] then
            see.list(schema.models[list.type], model, call)
          end
        end
      elseif target then
        if field.is_list and entry.value.source ~= "false" then
          see.list(target, model, call)
          local own = entry.value.kind == "dict" and literal_entries.get(entry.value, "where")
          local fields = {}
          M.fields_of(own or nil, fields)
          if own and #fields > 0 then
            see.filter(target, fields, call, select(2, literal_entries.of(own)) == true)
          end
        end
        if entry.value.kind == "dict" then
          brought(schema, target, entry.value, see, call)
        end
      end
    end
  end
end

-- Words that ask for rows of which some, or none, of a list fit.
local OF_LIST = { some = true, none = true, every = true }
local JOINS = { AND = true, OR = true, NOT = true }

-- The lists that a condition looks through: `where: { shop: { orders: { some: { buyerId } } } }`.
local function looked_through(schema, model, where, see, call, depth)
  for _, entry in depth < 6 and literal_entries.of(where) or {} do
    local field = model.fields[entry.key]
    local target = field and schema.models[field.type]
    if JOINS[entry.key] then
      for _, part in entry.value.kind == "list" and entry.value:children("item") or { entry.value } do
        looked_through(schema, model, part, see, call, depth + 1)
      end
    elseif target and field.is_list then
      for _, inner in literal_entries.of(entry.value) or {} do
        if OF_LIST[inner.key] then
          see.list(target, model, call, inner.value)
          looked_through(schema, target, inner.value, see, call, depth + 1)
        end
      end
    elseif target then
      looked_through(schema, target, entry.value, see, call, depth + 1)
    end
  end
end

-- Calls `see.filter(model, fields, call)` for each filter and `see.list(child, parent, call)` for each list that is brought along,
-- or, with what its rows are asked for, looked through.
function M.each(repo, schema, see)
  for _, call in repo:calls(M.CALLS) do
    local reach, class = call:reach(), call.file.class
    local model = reach ~= "test" and reach ~= "script" and class ~= "script" and class ~= "migration" and M.model_of(call, schema)
    local options = model and call:arg(1)
    if not options then
      continue
    end
    local fields = {}
    M.fields_of(literal_entries.get(options, "where"), fields)
    local _, is_whole = literal_entries.of(literal_entries.get(options, "where"))
    if #fields > 0 then
      see.filter(model, fields, call, is_whole == true)
      looked_through(schema, model, literal_entries.get(options, "where"), see, call, 0)
    end
    brought(schema, model, options, see, call)
  end
end

return M
