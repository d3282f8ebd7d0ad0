-- What an entry of a cache is a copy of: the reads of a database that its value hangs on, and the models or tables that these ask.

local dependence = require("dependence")
local words = require("words")

local M = {}

-- Names that a class or a table has in front of what is read of it.
local HOLDERS = words.set("prisma", "db", "tx", "knex", "models", "database", "collection", "client", "Model", "Query")
local NO_MODELS = words.set("JSON", "Object", "Array", "Promise", "Date", "Math", "String", "Number", "Q", "F", "Count", "Sum", "Session", "AsyncSession", "Session", "Buffer", "Set", "Map", "Error", "None", "True", "False", "Op", "Types", "Raw", "URL", "RegExp")
-- Names of reads, for stores that are handed in and whose library is not seen.
local READS = words.set(
  "get", "first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "scalars", "all", "execute", "find", "findOne", "findById", "findUnique", "findFirst", "findMany", "findOneBy", "findBy", "findByPk", "findAll", "findUniqueOrThrow",
  "find_one", "aggregate", "values", "values_list", "count", "count_documents", "countDocuments", "exec", "lean", "getMany", "getOne", "query", "Query", "QueryRow", "QueryContext", "QueryRowContext", "Raw", "Find", "First", "Take", "fetchrow", "fetch",
  "fetchone", "fetchall", "fetch_one", "fetch_all", "filter", "select"
)
local NAMING = words.set("collection", "table", "from", "Table", "Model", "from_", "Collection", "knex")

local function without_kind(name)
  local short = name:gsub("[cC]ollection$", ""):gsub("[rR]epository$", ""):gsub("_?[rR]epo$", ""):gsub("Model$", ""):gsub("_model$", "")
  return short == "" and name or short
end

-- The models that a call of a store names, as written: `Order`, `order` of `prisma.order`, `orders` of `SELECT ... FROM orders`.
function M.models(call)
  local all = {}
  local function add(name)
    if name ~= "" and not NO_MODELS[name] and #name > 2 then
      all[name] = true
    end
  end
  local after, before = call:chained()
  for _, links in { { call }, before, after } do
    for _, link in links do
      for _, arg in link:args() do
        local text = arg:joined() or arg.kind == "str" and arg.text or nil
        if text and text:find("%u%u") and text:find("%s") then
          for _, statement in call.file:sql(text) do
            for _, source in statement.reads do
              add(source.name)
            end
            for _, source in statement.writes do
              add(source.name)
            end
          end
        elseif NAMING[link.name] and arg.kind == "str" then
          add(arg.text)
        elseif arg.kind == "name" and arg.text:find("^%u%l") or arg.kind == "attr" and arg.text:find("^%u%l") then
          add(arg.text)
        elseif arg.kind == "call" and (arg.name == "select" or arg.name == "query") then
          for name in M.models(arg) do
            add(name)
          end
        end
      end
      local on = link:receiver()
      while on and on.kind == "attr" do
        if on.text:find("[rR]epo") or on.text:find("Model$") or on.text:find("[cC]ollection$") and on.text ~= "collection" then
          add(without_kind(on.text))
        end
        local base = on:child("value")
        if base and HOLDERS[base.kind == "attr" and base.text or base.text] then
          add(on.text)
        elseif base and base.kind == "name" and base.text:find("^%u%l") then
          add(base.text)
        end
        on = base
      end
      if on and on.kind == "name" and (on.text:find("^%u%l") or on.text:find("[rR]epo")) then
        add(without_kind(on.text))
      end
    end
  end
  return all
end

-- The reads of a database that a value hangs on, each with its models: a list of {call, models}.
function M.of(value, func)
  local all = {}
  for _, one in dependence.of(value, func) or {} do
    if one.takes then
      local call = one.node
      if call:fact("kind") ~= "db" and not READS[call.name] then
        local hops = call:chain("db-read")
        local last = hops[#hops]
        call = last and last.node or nil
      end
      local models = call and call.kind == "call" and M.models(call) or {}
      for _, callee in next(models) == nil and one.node:callees() or {} do
        -- A helper that is handed its session.
        for _, inner in callee.node:descendants("call") do
          for model in READS[inner.name] and M.models(inner) or {} do
            models[model] = true
          end
        end
      end
      if next(models) then
        table.insert(all, { call = one.node, models = models })
      end
    end
  end
  return all
end

return M
