-- Tables that Sequelize's models declare: `sequelize.define("order", {...}, { indexes: [...] })`, `Order.init({...}, {...})`, and the classes of sequelize-typescript.

local decorated_tables = require("decorated_tables")
local schema_table = require("schema_table")

local M = {}

local function text_of(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

local function is_true(dict, key)
  local value = dict.kind == "dict" and (dict:entry(key))
  return value ~= nil and value ~= false and value:literal() ~= false and value:literal() ~= nil
end

local function read_columns(out, columns)
  for _, pair in columns:children() do
    if pair.kind ~= "pair" or pair.text == "" then
      out.is_whole = false
      continue
    end
    local value = pair:child("value")
    local column = { at = pair, type = value.source, is_key = false, name = pair.text }
    if value.kind == "dict" then
      local kind = value:entry("type")
      column.type = kind and kind.source or ""
      column.is_key = (value:entry("references")) ~= nil
      column.name = text_of((value:entry("field"))) or pair.text
      if is_true(value, "primaryKey") or is_true(value, "unique") then
        table.insert(out.indexes, { columns = { pair.text }, is_unique = true, at = pair })
      end
    end
    out.columns[pair.text] = schema_table.column(column, pair.text)
  end
end

local function read_options(out, options)
  if not options then
    return
  elseif options.kind ~= "dict" then
    out.is_whole = false
    return
  end
  local indexes = options:entry("indexes")
  for _, item in indexes and indexes.kind == "list" and indexes:children("item") or {} do
    local fields = item.kind == "dict" and (item:entry("fields"))
    local columns = {}
    for _, field in fields and fields:children("item") or {} do
      table.insert(columns, text_of(field) or field.kind == "dict" and text_of((field:entry("name"))) or "")
    end
    if #columns > 0 then
      table.insert(out.indexes, { columns = columns, is_unique = is_true(item, "unique"), is_partial = item.source:find("where:", 1, true) ~= nil, at = item })
    end
  end
  out.is_whole = out.is_whole and not (indexes and indexes.kind ~= "list")
  out.sql_name = text_of((options:entry("tableName"))) or out.sql_name
  local timestamps = options:entry("timestamps")
  out.has_times = not (timestamps and timestamps:literal() == false)
end

-- A name as it is looked up: `order_items`, `OrderItem` and `orderItem` are one.
local function key_of(name)
  return (name:lower():gsub("[_%-%s]", ""):gsub("s$", ""))
end

-- `order_item` and `id` give `orderItemId`, as Sequelize joins them.
local function camel(first, second)
  local text = (first .. "_" .. second):gsub("[_%-]+(%w)", string.upper)
  return text:sub(1, 1):lower() .. text:sub(2)
end

local function primary_of(table_)
  for _, index in table_.indexes do
    if index.at and index.columns[1] and index.at.source:find("primaryKey", 1, true) then
      return index.columns[1]
    end
  end
  return "id"
end

-- The name of the key that an association puts into a table: what `foreignKey` says, else that of the other model and its primary key.
local function foreign_key(options, other, alias)
  local written = options and options.kind == "dict" and (options:entry("foreignKey"))
  local text = written and (text_of(written) or written.kind == "dict" and text_of((written:entry("name") or nil)))
  if text then
    return text
  elseif written and written.kind ~= "dict" then
    return nil
  end
  return other and camel(alias or other.name:gsub("ies$", "y"):gsub("([^s])s$", "%1"), primary_of(other)) or nil
end

-- The model that an argument or a receiver of an association says: `Order`, `models.Order`, `this` within its class.
local function model_of(node, by_name)
  local name = node and (node.kind == "name" or node.kind == "attr") and node.text or nil
  if name == "this" or name == "super" then
    local class = node:enclosing("class")
    name = class and class.name
  end
  return name and by_name[key_of(name)] or nil
end

-- Associations put foreign keys into tables, and no index with them.
local function read_associations(repo, by_name)
  for _, call in repo:calls({ "sequelize.Model.belongsTo", "sequelize.Model.hasMany", "sequelize.Model.hasOne" }) do
    local own, other, options = model_of(call:receiver(), by_name), model_of(call:arg(1), by_name), call:arg(2)
    local holder, target = own, other
    local alias = options and options.kind == "dict" and text_of((options:entry("as"))) or nil
    if call.name ~= "belongsTo" then
      holder, target, alias = other, own, nil
    end
    local key = holder and call.file.class == "source" and foreign_key(options, target, alias)
    if key and target and call.name ~= "belongsTo" then
      -- Bringing the list along finds its rows by this key.
      target.lists = target.lists or {}
      table.insert(target.lists, { holder = holder, key = key })
    end
    if key then
      local column = holder.columns[key]
      if column then
        column.is_key = true
      else
        holder.columns[key] = schema_table.column({ at = call, name = key, type = "", is_key = true }, key)
      end
    end
  end
end

-- Lists that classes declare: `@HasMany(() => Order)`, whose rows are found by the column with `@ForeignKey(() => User)`.
local function read_decorated(by_name)
  for _, own in by_name do
    for _, name in own and own.has or {} do
      local holder = by_name[key_of(name)]
      for field, column in holder and holder.columns or {} do
        if column.refers == own.name then
          own.lists = own.lists or {}
          table.insert(own.lists, { holder = holder, key = field })
        end
      end
    end
  end
end

-- The tables by the names of their models; a name that two have stands for none.
function M.of(repo)
  local by_name = {}
  local function add(name, columns, options, call)
    if not name or not columns or columns.kind ~= "dict" or call.file.class ~= "source" then
      return
    end
    local out = { name = name, sql_name = name:gsub("(%l)(%u)", "%1_%2"):lower(), columns = {}, indexes = { { columns = { "id" }, is_unique = true } }, is_whole = true, store = "Sequelize", has_times = true }
    read_columns(out, columns)
    read_options(out, options)
    for _, field in out.has_times and { "createdAt", "updatedAt" } or {} do
      out.columns[field] = out.columns[field] or schema_table.column({ at = call, name = field, type = "DATE", is_time = true }, field)
    end
    local statement = call:statement()
    local target = statement and statement.kind == "assign" and statement:child("target")
    local names = { [key_of(name)] = true }
    if target and target.kind == "name" then
      names[key_of(target.text)] = true
    end
    for key in names do
      by_name[key] = by_name[key] == nil and out or false
    end
  end
  for _, call in repo:calls({ "sequelize.default.define", "sequelize.Sequelize.define", "sequelize.define" }) do
    add(text_of(call:arg(1)), call:arg(2), call:arg(3), call)
  end
  for _, call in repo:calls("sequelize.Model.init") do
    local on = call:receiver()
    local class = on and on.kind == "name" and (on.text == "this" or on.text == "super") and call:enclosing("class")
    add(class and class.name or on and on.kind == "name" and on.text, call:arg(1), call:arg(2), call)
  end
  for name, found in decorated_tables.of(repo) do
    if found and found.store == "Sequelize" then
      by_name[key_of(name)] = found
    end
  end
  read_associations(repo, by_name)
  read_decorated(by_name)
  return by_name
end

-- The field that a condition means, which may also say the column: `site_id` for `siteId`.
function M.field(table_, key)
  if not table_.columns[key] then
    for field, column in table_.columns do
      if column.name == key then
        return field
      end
    end
  end
  return key
end

-- The table of a model that a name says.
function M.named(tables, name)
  return tables[key_of(name)] or tables[key_of((name:gsub("[mM]odel$", "")))] or nil
end

return M
