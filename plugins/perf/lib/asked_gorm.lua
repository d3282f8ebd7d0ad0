-- What Go's code asks of GORM's models: `db.Where("user_id = ?", id).Order("created_at desc").Limit(20).Find(&orders)`; models with the indexes of their tags.

local handed_conditions = require("handed_conditions")
local query_chain = require("query_chain")
local schema_table = require("schema_table")
local set = require("words").set

local M = {}

local GORM = table.freeze({ "gorm.io/gorm", "github.com/jinzhu/gorm" })
local ENDS = { Find = "all", First = "limited", Take = "limited", Last = "limited", Count = "all", Pluck = "all", Scan = "all", Delete = "all", Update = "all", Updates = "all", Rows = "all" }
local UNSORTED = set("Count", "Delete", "Update", "Updates")
local PLAIN = set("Model", "Preload", "Select", "Omit", "Session", "WithContext", "Debug", "Unscoped", "Clauses", "Offset", "Distinct")

-- `UserID` is `user_id`, as GORM names columns.
local function snake(name)
  return (name:gsub("(%u+)(%u%l)", "%1_%2"):gsub("(%l)(%u)", "%1_%2"):gsub("(%d)(%u)", "%1_%2"):lower())
end

local function read_field(out, by_index, file, number, line)
  local field, kind, rest = line:match("^%s*(%u[%w_]*)%s+([%*%[%]%w_%.]+)(.*)$")
  if not field then
    if line:match("^%s*gorm%.Model") then
      out.columns.deleted_at = schema_table.column({ at = file:line_span(number), name = "deleted_at", type = "time" }, "deleted_at")
      for _, name in { "created_at", "updated_at" } do
        out.columns[name] = schema_table.column({ at = file:line_span(number), name = name, type = "DateTime" }, name)
      end
      table.insert(out.indexes, { columns = { "deleted_at" } })
      table.insert(out.indexes, { columns = { "id" }, is_unique = true })
    elseif line:match("^%s*%*?[%w%.]+%s*$") or line:match("^%s*%*?[%w%.]+%s+`") then
      -- Another struct is taken in whole.
      out.is_whole = out.is_whole and line:match("^%s*$") ~= nil
    end
    return
  end
  local tag = rest:match('gorm:"([^"]*)"') or ""
  local rule = tag:match("[oO]n[dD]elete:([%u ]+)")
  if rule and (rule == "CASCADE" or rule == "SET NULL") then
    table.insert(out.cascades, { field = field, model = kind:match("(%u%w*)$"), is_many = kind:find("^%[%]") ~= nil, column = tag:match("foreign[kK]ey:(%w+)"), rule = rule })
  end
  if tag == "-" or kind:find("^%[%]") and kind ~= "[]byte" then
    return
  end
  local column = tag:match("column:([%w_]+)") or snake(field)
  out.by_field[field] = column
  out.columns[column] = schema_table.column({ at = file:line_span(number), name = column, type = kind == "bool" and "bool" or kind:find("time%.Time") and "DateTime" or tag }, column)
  -- A field whose column is `id` is the key, however it is spelled: `ID`, `Id`.
  if column == "id" or tag:lower():find("primar", 1, true) then
    out.primaries += 1
    out.key_index = { columns = { column }, is_unique = true }
    table.insert(out.indexes, out.key_index)
  end
  for part in (tag .. ";"):gmatch("([^;]*);") do
    local word = part:match("^%s*(.-)%s*$")
    local name = word:match("^[uU]nique[iI]ndex:?([^,]*)") or word:match("^unique_index:?([^,]*)") or word:match("^[iI]ndex:?([^,]*)")
    local is_unique = word:lower():find("unique", 1, true) ~= nil
    if word:lower() == "unique" then
      table.insert(out.indexes, { columns = { column }, is_unique = true })
    elseif name == "" then
      table.insert(out.indexes, { columns = { column }, is_unique = is_unique, at = file:line_span(number) })
    elseif name then
      by_index[name] = by_index[name] or { columns = {}, places = {}, is_unique = is_unique, at = file:line_span(number) }
      table.insert(by_index[name].columns, column)
      table.insert(by_index[name].places, tonumber(word:match("priority:(%d+)")) or 10)
    end
  end
end

local function read_struct(file, name, first, lines)
  local out = { name = name, sql_name = snake(name) .. "s", columns = {}, indexes = {}, is_whole = true, primaries = 0, store = "GORM", cascades = {}, owned = {}, by_field = {} }
  local by_index = {}
  for at, line in lines do
    read_field(out, by_index, file, first + at, (line:gsub("//.*$", "")))
  end
  for _, index in by_index do
    local order = {}
    for at in index.columns do
      table.insert(order, at)
    end
    table.sort(order, function(a, b)
      return index.places[a] == index.places[b] and a < b or index.places[a] < index.places[b]
    end)
    local columns = {}
    for _, at in order do
      table.insert(columns, index.columns[at])
    end
    table.insert(out.indexes, { columns = columns, is_unique = index.is_unique, at = index.at })
  end
  for _, index in out.primaries > 1 and out.indexes or {} do
    index.is_unique = index.is_unique and #index.columns > 1
  end
  return out
end

-- The structs of a file that are tables, by name: those with tags of GORM, or with an `ID`.
local function read_file(file, by_name)
  local number, name, first, lines = 0, nil, 0, {}
  for line in (file.text .. "\n"):gmatch("([^\n]*)\n") do
    number += 1
    local opened = line:match("^type%s+(%u%w*)%s+struct%s*{%s*$")
    if opened then
      name, first, lines = opened, number, {}
    elseif name and line:match("^}") then
      local text = table.concat(lines, "\n")
      if text:find('gorm:"', 1, true) or text:find("gorm.Model", 1, true) then
        by_name[name] = by_name[name] == nil and read_struct(file, name, first, lines) or false
      end
      name = nil
    elseif name then
      table.insert(lines, line)
    end
  end
end

-- Notes with each table those whose rows go, or lose their key, with one of its own: {table, column, rule}.
function M.read_cascades(by_name)
  for _, out in by_name do
    for _, cascade in out and out.cascades or {} do
      -- `Order *Order` stands with the key, `Lines []Line` with what the key refers to.
      local child = cascade.is_many and by_name[cascade.model or ""] or out
      local owner = cascade.is_many and out or by_name[cascade.model or ""]
      local column = cascade.column and snake(cascade.column) or snake(cascade.is_many and out.name or cascade.field) .. "_id"
      if child and owner and child ~= owner and child.columns[column] then
        table.insert(owner.owned, { table = child, column = column, rule = cascade.rule })
      end
    end
  end
end

-- `order_line` is `OrderLine`.
function M.struct_of(column)
  return (("_" .. column):gsub("_(%w)", string.upper))
end

-- `db.Model(&Order{}).AddIndex("orders_user", "user_id", "created_at")`
local function read_added(call, by_name)
  local on = call:receiver()
  local table_ = on and by_name[on.source:match("Model%(&?[%w]*%.?(%u%w*)%s*{") or ""]
  local columns = {}
  for at, argument in call:args() do
    local text = at > 1 and argument:literal()
    if type(text) == "string" then
      table.insert(columns, text)
    end
  end
  if table_ then
    table.insert(table_.indexes, { columns = columns, is_unique = call.name == "AddUniqueIndex" })
  end
end

local function tables_of(repo)
  local by_name = {}
  for _, path in repo:holding("**/*.go", { 'gorm:"', "gorm.Model" }) do
    local file = repo:open(path)
    if file and file.class == "source" then
      read_file(file, by_name)
    end
  end
  -- `UserID` is a foreign key where there is a `User`.
  for _, out in by_name do
    for column, known in out and out.columns or {} do
      local owner = column:match("^(.*)_id$")
      known.is_key = owner ~= nil and by_name[M.struct_of(owner)] ~= nil
    end
  end
  M.read_cascades(by_name)
  for _, call in repo:calls({ "github.com/jinzhu/gorm.DB.AddIndex", "github.com/jinzhu/gorm.DB.AddUniqueIndex" }) do
    read_added(call, by_name)
  end
  return by_name
end

-- The model that a chain is of: `Model(&Order{})`, or the type of what `Find` fills.
local function model_of(call, links, tables)
  for _, link in links do
    local first = link:arg(1)
    if link.name == "Model" and first then
      return tables[first.source:match("(%u%w*)%s*{") or first.source:match("new%(([%w%.]*)%)") or ""] or M.of_variable(first, call, tables)
    elseif link.name == "Table" or link.name == "Raw" then
      return nil
    end
  end
  local target = call:arg(1)
  return target and (tables[target.source:match("^&?[%w]*%.?(%u%w*)%s*{") or ""] or M.of_variable(target, call, tables)) or nil
end

-- The model of a variable, by how it is declared in its function.
function M.of_variable(node, call, tables)
  local name = node.source:match("^&?([%a_]%w*)$")
  local func = name and call:func()
  if not func then
    return nil
  end
  local text = func.node.source
  local kind = text:match("var%s+" .. name .. "%s+([%[%]%*%w%.]+)") or text:match("%f[%w]" .. name .. "%s*:?=%s*&?([%[%]%*%w%.]+)%s*{") or text:match("%f[%w]" .. name .. "%s*:?=%s*make%(([%[%]%*%w%.]+)") or text:match("[%(,]%s*" .. name .. "%s+([%[%]%*%w%.]+)%s*[,%)]")
  return kind and tables[kind:match("(%u%w*)$") or ""] or nil
end

local function literal(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

-- Adds what a text says: `a = ? AND b >= ?`; false where it cannot be read.
local function read_text(text, table_, question)
  if text:lower():find("%f[%w]or%f[%W]") or text:find("[%(%)]") and not text:lower():find("%f[%w]in%s*%(%s*%?%s*%)") or text:find("{}", 1, true) then
    return false
  end
  for part in (text:gsub("%s+[aA][nN][dD]%s+", "\1") .. "\1"):gmatch("([^\1]*)\1") do
    local column, sign = part:match("^%s*[`\"]?([%w_%.]+)[`\"]?%s*([<>=!]+)")
    local word = not column and part:lower():match("^%s*[`\"]?[%w_%.]+[`\"]?%s+(%a+)")
    column = column or part:match("^%s*[`\"]?([%w_%.]+)")
    column = column and column:match("([%w_]+)$")
    if not column or not table_.columns[column] then
      return false
    end
    local how = sign == "=" and "equal" or sign and sign:find("[<>]") and sign ~= "<>" and "range" or word == "in" and "in" or word == "is" and "null" or word == "between" and "range" or "other"
    table.insert(question.conditions, { field = column, how = how, text = part })
  end
  return true
end

-- Adds the fields of `User{ResetToken: token}`; false where one is no column.
local function read_struct_literal(node, table_, question)
  for _, pair in node:children("arg") do
    local column = pair.kind == "kw-arg" and table_.by_field[pair.text] or ""
    if not table_.columns[column] then
      return false
    end
    table.insert(question.conditions, { field = column, how = "equal" })
  end
  return true
end

local function read_link(link, table_, question)
  if link.name == "Where" or link.name == "Find" or link.name == "First" or link.name == "Take" or link.name == "Delete" or link.name == "Last" then
    local first = link:arg(link.name == "Where" and 1 or 2)
    if not first then
      return true
    end
    local text = literal(first)
    if text then
      return read_text(text, table_, question)
    end
    if handed_conditions.is_handed(first) then
      question.handed = first
      return true
    end
    local is_struct = first.kind == "call" and first.source:find("^&?[%w%.]+{") ~= nil
    return is_struct and read_struct_literal(first, table_, question)
  elseif link.name == "Order" then
    local text = literal(link:arg(1))
    for part in ((text or "") .. ","):gmatch("([^,]*),") do
      local column = part:match("^%s*[`\"]?([%w_%.]+)")
      table.insert(question.sorts, column and column:match("([%w_]+)$") or "")
    end
    return text ~= nil and not text:find("[%(%)]")
  elseif link.name == "Limit" then
    question.is_limited = true
    return true
  end
  return PLAIN[link.name] ~= nil or ENDS[link.name] ~= nil
end

-- What a connection is called; whatever else a query stands on may hold conditions.
local CONNECTIONS = set("db", "tx", "DB", "conn", "database", "orm", "gdb")

-- Whether a name is given a value in the functions around a call, once or several times, or handed to one of them.
local function is_made_here(root, call)
  if root:value() ~= nil or root:param_position() ~= nil then
    return true
  end
  local scope = call:enclosing("function")
  while scope do
    if query_chain.assigned(scope)[root.text] then
      return true
    end
    scope = scope:enclosing("function")
  end
  return false
end

-- Calls `see` for each question of a repository.
function M.each(repo, see)
  if not repo:imports(GORM) then
    return
  end
  local tables, calls = nil, {}
  for name in ENDS do
    for _, library in GORM do
      table.insert(calls, `{library}.DB.{name}`)
    end
  end
  for _, call in repo:calls(calls) do
    if call.file.class ~= "source" then
      continue
    end
    tables = tables or tables_of(repo)
    local _, before = call:chained()
    local links = { call, unpack(before) }
    local root = links[#links]:receiver()
    local table_ = model_of(call, links, tables)
    -- What a function is handed may be filtered already; a field or a package's own connection is not.
    local is_begun = root == nil or root.kind == "name" and not CONNECTIONS[root.text] and is_made_here(root, call)
    if not table_ or is_begun then
      continue
    end
    local question = { table = table_, conditions = {}, sorts = {}, call = call, is_limited = ENDS[call.name] == "limited", is_one = ENDS[call.name] == "limited" }
    local is_known = true
    for _, link in links do
      is_known = is_known and read_link(link, table_, question)
    end
    if is_known and question.handed then
      -- Conditions that the callers write: `FindOne(User{ResetToken: token})`.
      for _, literal in handed_conditions.of(question.handed, table_, repo) do
        local own = { table = table_, conditions = table.clone(question.conditions), sorts = {}, call = literal, is_limited = question.is_limited, is_one = question.is_one }
        if read_struct_literal(literal, table_, own) then
          see(own)
        end
      end
    elseif is_known then
      question.sorts = UNSORTED[call.name] and {} or #question.sorts == 0 and call.name == "First" and { "id" } or question.sorts
      see(question)
    end
  end
end

return M
