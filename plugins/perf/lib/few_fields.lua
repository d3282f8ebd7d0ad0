-- Reads that bring whole rows where a field or two of them are used, and how each library is told which.

local column_names = require("column_names")
local listing = require("listing")
local model_tables = require("model_tables")
local paths = require("words").paths
local row_fields = require("row_fields")
local selects_fields = require("selects_fields")
local set = require("words").set

local M = {}

-- How many fields are few.
local FEW = 2

-- What the rows of a read are called: its model, or as the query names them. TypeORM's queries name whatever the repository came from.
local function name_of(call, kind, repo)
  return model_tables.name(call, kind, repo) or kind ~= "typeorm" and listing.name_of(call, call:func().node) or nil
end

-- Columns of any length that are not among the fields that are used.
local function left_out(call, kind, fields, repo)
  local all = {}
  for _, column in model_tables.large(call, kind, repo) do
    if not table.find(fields, column) then
      table.insert(all, column)
    end
  end
  return all
end

-- What stands for the whole row though it is read like a field of it.
local WHOLE = set("__dict__", "_mapping", "_asdict", "_fields", "_doc", "_row", "__table__", "dataValues")

local function is_whole(fields)
  for _, field in fields do
    if WHOLE[field] then
      return true
    end
  end
  return false
end

-- The read of a row's parts, of a kind that `selects_fields` knows: nil where something picks columns, its uses are not all seen, or are not of columns; else {name, kind, fields, left, fix}, where `left`
-- are large columns that nobody reads. Where there are such, the fields that are used need not be few.
function M.of(call, kind, repo)
  local func = call:func()
  if not func or selects_fields.is_picking(call, kind) then
    return nil
  end
  local whole = selects_fields.rows_of(call, kind)
  local fields = whole and row_fields.of(whole, kind)
  -- What most reads are dropped for is asked before the query, which costs most.
  if not fields or is_whole(fields) or selects_fields.picks_elsewhere(call, func.node, kind) or not column_names.are(call, kind.name, fields, repo) then
    return nil
  end
  local left = left_out(call, kind.name, fields, repo)
  if #fields > FEW and #left == 0 then
    return nil
  end
  return { name = name_of(call, kind.name, repo), kind = kind.name, fields = fields, left = left, fix = selects_fields.fix(call, whole, kind, fields) }
end

-- Reads of one row, and the options by which they say which columns they want.
local ONE = {
  { name = "prisma", calls = paths({ "@prisma/client.Delegate" }, { "findUnique", "findUniqueOrThrow", "findFirst", "findFirstOrThrow" }), options = { "select", "omit" } },
  { name = "typeorm", calls = paths({ "typeorm.Repository", "typeorm.BaseEntity" }, { "findOne", "findOneBy", "findOneOrFail", "findOneByOrFail" }), options = { "select" } },
  { name = "sequelize", calls = paths({ "sequelize.Model" }, { "findOne", "findByPk" }), options = { "attributes" }, keeps = set("update", "save", "destroy", "increment", "decrement") },
}

-- Whether all that is used of a row are rows that it refers to: then it is read for them.
local function are_relations(call, kind, fields, repo)
  local table_ = kind == "typeorm" and model_tables.declared(call, kind, repo)
  for _, field in table_ and fields or {} do
    local column = table_.columns[field]
    if not column or not column.is_key then
      return false
    end
  end
  return table_ ~= nil and table_ ~= false
end

-- The same for a read of one row that leaves out no column of any length, and none of those that it brings is used; nil for any other.
function M.of_one(call, repo)
  for _, kind in ONE do
    if call:is(kind.calls) then
      for _, option in kind.options do
        if select(2, call:arg(option)) ~= "absent" then
          return nil
        end
      end
      local fields = row_fields.of_one(call, kind)
      local left = fields and #fields > 0 and left_out(call, kind.name, fields, repo) or {}
      local large = #left > 0 and #left == #model_tables.large(call, kind.name, repo)
      return large and not are_relations(call, kind.name, fields, repo) and { name = name_of(call, kind.name, repo), kind = kind.name, fields = fields, left = left } or nil
    end
  end
  return nil
end

return M
