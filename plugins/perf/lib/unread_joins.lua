-- Reads that bring related rows along which nothing reads: `include: [Campaign]` whose `campaign` is never asked for.

local decorated_tables = require("decorated_tables")
local paths = require("words").paths
local row_fields = require("row_fields")
local set = require("words").set

local M = {}

-- What is known of each library: the calls that give one row or many, the option that says what is brought along. `keeps` are methods of a row that read none of
-- that, `is_asked` says that a condition may ask for what is brought along.
local KINDS = {
  { name = "sequelize", one = paths({ "sequelize.Model" }, { "findOne", "findByPk" }), many = { "sequelize.Model.findAll" }, option = "include", keeps = set("update", "save", "destroy", "increment", "decrement"), is_asked = true },
  { name = "prisma", one = paths({ "@prisma/client.Delegate" }, { "findUnique", "findUniqueOrThrow", "findFirst", "findFirstOrThrow" }), many = { "@prisma/client.Delegate.findMany" }, option = "include" },
  { name = "typeorm", one = paths({ "typeorm.Repository", "typeorm.BaseEntity" }, { "findOne", "findOneOrFail" }), many = { "typeorm.{Repository,BaseEntity}.find" }, option = "relations", is_asked = true },
}

-- Links of a chain that say what comes with the rows, and those that leave one row.
local BRINGS = { mongoose = "populate", objection = "withGraphFetched" }
local ONE_LINKS = set("first", "findOne", "findById")

local function text_of(node)
  local text = node and node:literal()
  return type(text) == "string" and text or nil
end

local RELATIONS = set("BelongsTo", "HasMany", "HasOne", "BelongsToMany")

local tables = nil

-- The properties of a decorated class that hold rows of a model: `@BelongsTo(() => Campaign) campaign`; nil where the class is not seen.
local function properties_of(call, model, repo)
  tables = tables or decorated_tables.of(repo)
  local on = call:receiver()
  local own = on and (on.kind == "name" or on.kind == "attr") and tables[on.text]
  local all = {}
  for _, property in own and own.class:child("body"):children() or {} do
    local target = property.kind == "assign" and property:child("target")
    for _, decorator in target and property:children("decorator") or {} do
      if RELATIONS[decorator.name] and decorator.source:find(`%f[%w_]{model}%f[^%w_]`) then
        table.insert(all, target.text)
      end
    end
  end
  return own and #all > 0 and all or nil
end

-- Options of what is brought along that decide which rows are found, so that it is needed for more than what it brings.
local function filters(item)
  for _, key in { "where", "required", "through", "right" } do
    local value, state = item:entry(key)
    if state ~= "absent" and not (value and value:literal() == false) then
      return true
    end
  end
  local attributes = item:entry("attributes")
  return attributes ~= nil and attributes.kind == "list" and #attributes:children("item") == 0
end

-- What Sequelize's options bring along: {at, names, says}; `says` is what conditions would call it.
local function included(call, option, repo)
  local all = {}
  for _, item in option.kind == "list" and option:children("item") or { option } do
    local model, alias = item, text_of(item)
    if item.kind == "dict" and not filters(item) then
      model = item:entry("model") or item:entry("association")
      alias = text_of((item:entry("as"))) or text_of((item:entry("association")))
    end
    if alias then
      table.insert(all, { at = item, names = { alias }, says = alias })
    elseif model and (model.kind == "name" or model.kind == "attr") and model.text:find("^%u") then
      local names = properties_of(call, model.text, repo)
      if names then
        table.insert(all, { at = item, names = names, says = model.text })
      end
    end
  end
  return all
end

-- What Prisma's and TypeORM's options bring along: `{ author: true }`, `["author", "lines.product"]`.
local function keyed(option)
  local all = {}
  if option.kind == "dict" then
    for _, pair in option:children("item") do
      local value = pair.kind == "pair" and pair:child("value")
      if value and pair.text ~= "" and value:literal() ~= false and (value.kind == "bool" or value.kind == "dict") then
        table.insert(all, { at = pair, names = { pair.text }, says = pair.text })
      end
    end
  elseif option.kind == "list" then
    for _, item in option:children("item") do
      local text = text_of(item)
      if text then
        table.insert(all, { at = item, names = { text:match("^[^%.]+") }, says = text:match("^[^%.]+") })
      end
    end
  end
  return all
end

-- What a link of a chain brings along: `populate("author")`, `withGraphFetched("[lines, author.team]")`.
local function linked(link)
  local first, all = link:arg(1), {}
  local text = text_of(first and first.kind == "dict" and (first:entry("path")) or first)
  text = text and text:gsub("^%[(.*)%]$", "%1"):gsub("%b[]", ""):gsub("%b()", "")
  for part in (text or ""):gmatch("[^,%s]+") do
    local name = part:match("^[%w_$]+")
    if name and not part:find("[*:]") then
      table.insert(all, { at = link, names = { name }, says = name })
    end
  end
  return all
end

-- Whether the rest of a call speaks of what it brings along: `order: [[Campaign, "name"]]`, `where: { "$campaign.id$": 1 }`.
local function is_asked_for(call, option, one)
  local from, to = option:bytes()
  local first = call:bytes()
  local rest = call.source
  if option:is_within(call) then
    rest = rest:sub(1, from - first) .. rest:sub(to - first + 2)
  end
  for _, word in { one.says, unpack(one.names) } do
    if rest:find(`[%$%[\{%s,"']{word}[%$%s,.:"']`) then
      return true
    end
  end
  return false
end

-- How many columns of a related row are hardly worth leaving out.
local SLIM = 2

-- Whether only a column or two of the related rows are brought along.
local function is_slim(one)
  local options = one.at.kind == "pair" and one.at:child("value") or one.at
  local picked = options.kind == "dict" and (options:entry("select") or options:entry("attributes"))
  return picked ~= nil and picked ~= false and (picked.kind == "dict" or picked.kind == "list") and #picked:children("item") <= SLIM
end

local function unread(brought, fields)
  local all = {}
  for _, one in brought do
    local is_read = one.names[1] == "_count"
    for _, name in one.names do
      is_read = is_read or table.find(fields, name) ~= nil
    end
    if not is_read then
      one.is_slim = is_slim(one)
      table.insert(all, one)
    end
  end
  return all
end

local function of_options(call, repo)
  for _, kind in KINDS do
    local is_one = call:is(kind.one)
    if is_one or call:is(kind.many) then
      local option = call:arg(kind.option)
      -- What is chosen field by field is wanted.
      if not option or select(2, call:arg("select")) ~= "absent" then
        return {}
      end
      option = option.kind == "name" and option:value() or option
      local brought = kind.name == "sequelize" and included(call, option, repo) or kind.name ~= "sequelize" and keyed(option) or {}
      local fields = #brought > 0 and (is_one and row_fields.of_one(call, kind) or not is_one and row_fields.of(call, kind))
      local all = {}
      for _, one in fields and unread(brought, fields) or {} do
        if not kind.is_asked or not is_asked_for(call, option, one) then
          table.insert(all, one)
        end
      end
      return all
    end
  end
  return {}
end

local KEEPS_LINKED = { mongoose = set("save", "updateOne", "deleteOne", "markModified"), objection = {} }

local function of_links(call, library)
  local after, before = call:chained()
  local is_one = false
  for _, links in { before, after } do
    for _, link in links do
      is_one = is_one or ONE_LINKS[link.name] == true
      if link.name == "select" then
        return {}
      end
    end
  end
  local brought, how = linked(call), { keeps = KEEPS_LINKED[library] }
  local whole = after[#after] or call
  local fields = #brought > 0 and (is_one and row_fields.of_one(whole, how) or not is_one and row_fields.of(whole, how))
  return fields and unread(brought, fields) or {}
end

-- What a read brings along and nothing reads: a list of {at, names, is_slim}.
function M.of(call, repo)
  for library, link in BRINGS do
    if call.name == link then
      return of_links(call, library)
    end
  end
  return of_options(call, repo)
end

return M
