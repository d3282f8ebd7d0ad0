-- Tables that TypeScript's classes declare by decorators: TypeORM's `@Entity`, `@Column`, `@Index`, `@ManyToOne`, and `@Table`, `@Column`, `@ForeignKey` of sequelize-typescript.

local schema_table = require("schema_table")
local set = require("words").set

local M = {}

local ENTITIES = table.freeze({ "typeorm.Entity", "sequelize-typescript.Table" })
local RELATIONS = set("ManyToOne", "OneToOne")
local LISTS = set("OneToMany", "ManyToMany", "HasMany", "HasOne", "BelongsTo", "BelongsToMany", "RelationCount", "VirtualColumn")
local KEYS = set("PrimaryGeneratedColumn", "PrimaryColumn", "PrimaryKey", "ObjectIdColumn")
local TIMES = set("CreateDateColumn", "UpdateDateColumn", "DeleteDateColumn", "CreatedAt", "UpdatedAt", "DeletedAt")

local function text_of(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

-- The fields of `["userId", "createdAt"]`, and of `(entity) => [entity.user, entity.createdAt]`.
local function fields_of(node)
  local all = {}
  local list = node.kind == "list" and node or node:descendants("list")[1]
  for _, item in list and list:children("item") or {} do
    table.insert(all, text_of(item) or item.kind == "attr" and item.text or "")
  end
  return all
end

local function is_unique(call)
  for _, argument in call:args() do
    local value = argument.kind == "dict" and (argument:entry("unique"))
    if value and value:literal() == true then
      return true
    end
  end
  return call.name == "Unique"
end

-- An index or a unique constraint on the class.
local function read_class_index(out, call)
  for _, argument in call:args() do
    if argument.kind == "list" or argument.kind == "function" then
      table.insert(out.indexes, { columns = fields_of(argument), is_unique = is_unique(call), is_partial = call.source:find("where:", 1, true) ~= nil, at = call })
    elseif argument.kind == "dict" then
      local indexes = argument:entry("indexes")
      for _, item in indexes and indexes.kind == "list" and indexes:children("item") or {} do
        local fields = item.kind == "dict" and (item:entry("fields"))
        local unique = item.kind == "dict" and (item:entry("unique"))
        if fields then
          table.insert(out.indexes, { columns = fields_of(fields), is_unique = unique ~= nil and unique ~= false and unique:literal() == true, is_partial = item.source:find("where:", 1, true) ~= nil, at = item })
        end
      end
      out.is_whole = out.is_whole and not (indexes and indexes.kind ~= "list")
    end
  end
end

-- The class that a decorator refers to: `@ForeignKey(() => User)`.
local function class_in(decorator)
  local first = decorator.kind == "call" and decorator:arg(1)
  local names = first and first:descendants("name") or {}
  return names[#names] and names[#names].text or nil
end

-- A list of TypeORM, `@OneToMany(() => Line, (line) => line.order, { eager: true })`: whose rows they are, by which of their relations, and whether each
-- find brings them.
local function read_list(out, field, decorator)
  local other, inverse = class_in(decorator), decorator.name == "OneToMany" and decorator:arg(2)
  local attr = inverse and inverse.kind == "function" and inverse:descendants("attr")[1]
  local by = attr and attr.text or inverse and text_of(inverse)
  if other and by then
    out.lists[field] = { other = other, by = by, is_eager = decorator.source:find("eager:%s*true") ~= nil }
  end
end

local function read_property(out, property, decorators)
  local target = property:child("target")
  local field = target and target.text
  if not field or field == "" then
    return
  end
  local column, index, name, is_primary = nil, nil, nil, false
  for _, decorator in decorators do
    local called = decorator.name
    local inner = decorator.kind == "call" and decorator.source or ""
    if LISTS[called] then
      local other = (called == "HasMany" or called == "HasOne") and class_in(decorator)
      if other then
        table.insert(out.has, other)
      end
      read_list(out, field, decorator)
      return
    elseif called == "JoinColumn" or called:find("Column$") or KEYS[called] or TIMES[called] or called == "ForeignKey" or RELATIONS[called] then
      column = column or { at = property, type = "", is_key = false }
      column.type ..= inner .. (TIMES[called] and " DateTime" or "") .. (property:child("type") and property:child("type").source or "")
      column.refers = column.refers or called == "ForeignKey" and class_in(decorator) or nil
      column.is_key = column.is_key or RELATIONS[called] ~= nil or called == "ForeignKey"
      name = name or inner:match("name:%s*['\"]([%w_]+)['\"]") or inner:match("field:%s*['\"]([%w_]+)['\"]")
    end
    is_primary = is_primary or KEYS[called] ~= nil or inner:find("primary:%s*true") ~= nil or inner:find("primaryKey:%s*true") ~= nil
    if inner:find("unique:%s*true") or called == "Unique" or called == "OneToOne" then
      index = { columns = { field }, is_unique = true, at = decorator }
    elseif called == "Index" then
      index = index or { columns = { field }, is_unique = is_unique(decorator), at = decorator }
    end
  end
  if is_primary then
    table.insert(out.primary, field)
  end
  if column then
    column.name = name or out.store == "Sequelize" and field:gsub("(%l)(%u)", "%1_%2"):lower() or field
    out.columns[field] = schema_table.column(column, field)
    if index then
      table.insert(out.indexes, index)
    end
  end
end

local function decorators_of(node)
  return node:children("decorator")
end

local function read_class(out, class)
  for _, decorator in decorators_of(class) do
    if decorator.kind == "call" and (decorator.name == "Index" or decorator.name == "Unique" or decorator.name == "Table") then
      read_class_index(out, decorator)
    end
    if decorator.kind == "call" and (decorator.name == "Entity" or decorator.name == "Table") then
      local first = decorator:arg(1)
      local named = first and (text_of(first) or first.kind == "dict" and text_of((first:entry("name"))) or first.kind == "dict" and text_of((first:entry("tableName"))))
      out.sql_name = named or out.sql_name
    end
  end
  for _, part in class:child("body"):children() do
    local decorators = decorators_of(part)
    if part.kind == "assign" and #decorators > 0 then
      read_property(out, part, decorators)
    end
  end
end

-- A class of the same file by its name.
local function class_of_file(name)
  for _, class in name.file.root:descendants("class") do
    if class.name == name.text then
      return class
    end
  end
  return nil
end

-- The tables by the names of their classes; a name that two classes have stands for none.
function M.of(repo)
  local by_name = {}
  for _, call in repo:calls(ENTITIES) do
    local class = call:parent()
    if not class or class.kind ~= "class" or call.file.class ~= "source" then
      continue
    end
    local out = { name = class.name, sql_name = class.name:gsub("(%l)(%u)", "%1_%2"):lower(), columns = {}, indexes = {}, is_whole = true, primary = {}, has = {}, lists = {}, store = call:is("typeorm.Entity") and "TypeORM" or "Sequelize", class = class }
    read_class(out, class)
    for _, base in class:children("base") do
      local found = base.kind == "name" and (base:definition() or class_of_file(base))
      if found and found.kind == "class" then
        local own = out.sql_name
        read_class(out, found)
        out.sql_name = own
      elseif base.source ~= "BaseEntity" and base.source ~= "Model" and not base.source:find("^Model<") then
        out.is_whole = false
      end
    end
    -- A key of several parts is one index, which begins with the first.
    if #out.primary > 0 then
      table.insert(out.indexes, { columns = out.primary, is_unique = true, at = class })
    end
    by_name[class.name] = by_name[class.name] == nil and out or false
  end
  return by_name
end

return M
