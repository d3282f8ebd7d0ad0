-- Lists of TypeORM that a read of one row brings along by themselves, `eager: true`, where code uses a few columns of the row and none of its lists.

local model_tables = require("model_tables")
local paths = require("words").paths
local row_fields = require("row_fields")

local M = {}

local ONE = paths({ "typeorm.Repository", "typeorm.BaseEntity" }, { "findOne", "findOneBy", "findOneOrFail", "findOneByOrFail" })
-- Of how many columns it is worth to leave out the lists.
local MOST = 3

-- What is used of the row, and the lists that come along for nobody; nil where a use is not seen, or options say what comes.
function M.unread(call, repo)
  if not call:is(ONE) then
    return nil
  end
  for _, option in { "select", "relations", "loadEagerRelations" } do
    if select(2, call:arg(option)) ~= "absent" then
      return nil
    end
  end
  local table_ = model_tables.declared(call, "typeorm", repo)
  local lists = {}
  for field, list in table_ and table_.lists or {} do
    if list.is_eager then
      table.insert(lists, field)
    end
  end
  local fields = #lists > 0 and row_fields.of_one(call, {}) or nil
  if not fields or #fields == 0 or #fields > MOST then
    return nil
  end
  for _, field in fields do
    -- A method of the entity reads what it likes.
    if table.find(lists, field) or not table_.columns[field] then
      return nil
    end
  end
  table.sort(lists)
  return { name = table_.name, fields = fields, lists = lists }
end

return M
