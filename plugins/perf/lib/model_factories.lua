-- Models of Sequelize that a function makes which is handed the connection: `module.exports = (sequelize, DataTypes) => sequelize.define("Order", ...)`. An index file puts
-- them under their names into one object at run time, so that nothing but the name says what `db.Order.findOne(...)` asks.

local set = require("words").set

local M = {}

local CODE = "**/*.{js,ts,mjs,cjs}"
-- What the parameter is called that such a function is handed.
local CONNECTIONS = set("sequelize", "sequelizeInstance", "connection", "db", "database")
local READS = { "findOne", "findAll", "findByPk", "findById", "findByPrimary", "findOrCreate", "findAndCountAll", "findAndCount", "count" }
local WRITES = { "create", "update", "destroy", "upsert", "increment", "decrement" }
local ALL = { unpack(READS) }
for _, name in WRITES do
  table.insert(ALL, name)
end

local function text_of(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

local function is_handed(node)
  return node ~= nil and node.kind == "name" and CONNECTIONS[node.text] == true and node:param_position() ~= nil
end

-- The names of the models that factories of the repository make.
local function names_of(repo)
  local names = {}
  for _, path in repo:holding(CODE, { "sequelize.define(", ".define(", "modelName" }) do
    local file = repo:open(path)
    for _, call in file and file.class == "source" and file.root and file.root:descendants("call", { "define", "init" }) or {} do
      local options = call:arg(2)
      local made = call.name == "define" and is_handed(call:receiver()) and text_of(call:arg(1)) or nil
      if call.name == "init" and options and options.kind == "dict" then
        made = is_handed((options:entry("sequelize"))) and text_of((options:entry("modelName"))) or nil
      end
      local statement = made and call.name == "define" and call:statement()
      local target = statement and statement.kind == "assign" and statement:child("target")
      if made then
        names[made] = true
      end
      if target and target.kind == "name" then
        names[target.text] = true
      end
    end
  end
  return names
end

-- Whether a call asks a model of which only the name is seen; second whether the model itself is seen, and only who calls the function around not.
local function asks(call, names)
  local on = call:receiver()
  if not on or on.kind ~= "name" and on.kind ~= "attr" or not names[on.text] then
    return false, false
  end
  local is_known = false
  for _, target in call:target() do
    is_known = is_known or target:find("^sequelize%.Model%.") ~= nil
    -- What an object is filled with at run time is not seen in it.
    if not is_known and not target:find("^%%dict%.") then
      return false, false
    end
  end
  return #call:callees() == 0, is_known
end

-- The calls of a repository that ask such models: a list, in order.
function M.calls(repo)
  local all = {}
  if not repo:imports({ "sequelize", "sequelize**" }) then
    return all
  end
  local names = names_of(repo)
  local texts = {}
  for _, name in ALL do
    table.insert(texts, `.{name}(`)
  end
  for _, path in next(names) ~= nil and repo:holding(CODE, texts) or {} do
    local file = repo:open(path)
    for _, call in file and file.class == "source" and file.side ~= "browser" and file.root and file.root:descendants("call", ALL) or {} do
      local is_asking, is_known = asks(call, names)
      if is_asking then
        table.insert(all, { call = call, is_known = is_known, writes = table.find(WRITES, call.name) ~= nil })
      end
    end
  end
  return all
end

return M
