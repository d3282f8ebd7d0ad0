-- How many columns the rows of a read have, by the model that the repository declares: Prisma, Django, SQLAlchemy, Mongoose, Sequelize.

local declared = require("declared")
local model_width = require("model_width")
local mongoose_models = require("mongoose_models")
local query_chain = require("query_chain")

local M = {}

local function entries_of(node, repo)
  local value = node and declared.value(node, repo)
  return value and value.kind == "dict" and #value:children("item") or nil
end

-- The number of columns; nil where the model is not seen.
function M.of(call, name, repo)
  local file = call.file
  local known = model_width.of(call, name, repo)
  if known or file.language == "python" then
    return known
  end
  local root = query_chain.root_of(call)
  if not root then
    return nil
  end
  if call:fact("store") == "mongo" then
    local model = mongoose_models.model_of(root, repo)
    local schema = model and model:arg(2)
    schema = schema and declared.value(schema, repo)
    return schema and schema.kind == "call" and entries_of(schema:arg(1), repo) or nil
  end
  local defined = declared.value(root, repo)
  if defined and defined.kind == "call" and defined.name == "define" then
    return entries_of(defined:arg(2), repo)
  end
  return nil
end

return M
