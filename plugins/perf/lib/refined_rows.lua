-- Rows of SQLAlchemy that a function asks for in as many steps as it likes, also by methods of a query class of the project.

local query_chain = require("query_chain")
local set = require("words").set
local sqlalchemy_rows = require("sqlalchemy_rows")

local M = {}

-- Links behind which a query gives other rows than those of its model.
local OTHERS = set("with_entities", "add_columns", "values", "count", "first", "one", "scalar", "subquery", "from_self", "union", "union_all", "get", "paginate")

-- What a variable's query gives that a function goes on refining, also by methods of a query class of its own; nil where it is no such query.
local function refined(name)
  local scope = name:enclosing({ "function" })
  local out = nil
  local options = {}
  for _, assign in scope and query_chain.assigned(scope)[name.text] or {} do
    local value = assign:child("value")
    local root = value and query_chain.root_of(value)
    if not root or assign.kind ~= "assign" then
      return nil
    elseif root.text == name.text then
      local at = value
      while at and at.kind ~= "name" do
        if at.kind == "call" and OTHERS[at.name] then
          return nil
        elseif at.kind == "call" and at.name == "options" then
          table.insert(options, at)
        end
        at = at:child("callee") or at:child("value")
      end
    else
      local rows = sqlalchemy_rows.of(value)
      if not rows or out and out.base.text ~= rows.base.text then
        return nil
      end
      out = out or rows
    end
  end
  for _, call in out and options or {} do
    if not sqlalchemy_rows.read_options(call, out) then
      return nil
    end
  end
  return out
end

-- The rows that an expression gives, as the finder of `orm_finders` tells them.
function M.of(value, find)
  return find.rows(value) or value.kind == "name" and refined(value) or nil
end

return M
