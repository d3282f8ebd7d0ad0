-- The table or collection that a write changes, by what the call names: a statement, a collection, a model, the variable of a record.

local M = {}

-- Links that name what they are called with.
local NAMING = {
  collection = true, table = true, from = true, into = true, insertInto = true, updateTable = true, deleteFrom = true, insert_into = true, doc = true,
  document = true, Collection = true, Doc = true, Table = true, Model = true, knex = true,
}

local function last_of_path(text)
  local found = nil
  for part in text:gmatch("[^/]+") do
    -- Of a document's path every second part is a collection.
    if not part:find("{}", 1, true) then
      found = part
    end
  end
  return found
end

-- The table that a statement among the first arguments of a call writes to; nil where there is none.
function M.of_statement(call)
  for at = 1, 3 do
    local argument = call:arg(at)
    local text = argument and (argument:joined() or argument:literal())
    local statement = type(text) == "string" and call.file:sql(text)[1]
    if statement and statement.writes[1] then
      return statement.writes[1].name
    end
  end
  return nil
end

-- A name without what says how it is kept, unless that is all of it.
local function cleaned(name)
  local short = name:gsub("[cC]ollection$", ""):gsub("[rR]epository$", ""):gsub("[rR]epo$", ""):gsub("[mM]odel$", ""):gsub("[rR]ef$", "")
  return short == "" and name or short
end

-- The name of what a call writes to, as written; nil where it is not seen.
function M.of(call)
  local found = M.of_statement(call)
  if found then
    return found
  end
  local named, state = call:arg("TableName")
  if named and state == "given" then
    return named.source
  end
  local after, before = call:chained()
  for _, list in { { call }, before, after } do
    for _, link in list do
      local argument = link:arg(1)
      local text = argument and (argument:joined() or argument:literal())
      if (NAMING[link.name] or link:is({ "knex.Knex", "knex.Knex()" })) and type(text) == "string" then
        local part = last_of_path(text)
        if part then
          return part
        end
      end
    end
  end
  local record = call:fact("orm") == "gorm" and call:arg(1)
  if record and record.kind == "name" then
    -- A record's variable says which table it is of.
    return record.text
  end
  local root = call:receiver()
  while root and root.kind == "call" do
    root = root:receiver() or root:child("callee")
  end
  if root and root.kind == "attr" and (root.text == "objects" or root.text == "query") then
    root = root:child("value")
  end
  return root and (root.kind == "name" or root.kind == "attr") and root.text ~= "" and cleaned(root.text) or nil
end

return M
