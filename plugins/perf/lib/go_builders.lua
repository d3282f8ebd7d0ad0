-- Statements that Go's builders of SQL make: go-sqlbuilder, squirrel, goqu. The text that a driver is handed comes from `Build()` or `ToSql()`.

local narrowing = require("narrowing")
local query_chain = require("query_chain")
local set = require("words").set

local M = {}

local LIBRARIES = table.freeze({ "github.com/huandu/go-sqlbuilder.**", "github.com/Masterminds/squirrel.**", "github.com/doug-martin/goqu.**", "github.com/doug-martin/goqu/v9.**" })
local SELECTS = set("Select", "NewSelectBuilder", "SelectDistinct", "SelectMore")
local BOUNDS = set("Limit", "Top", "First")
local FILTERS = set("Where", "Having")

-- The call that makes the text a name holds: `query, args := sb.Build()`, also where it is bound anew, `query = db.Rebind(query)`.
local function build_of(argument, scope)
  if argument.kind ~= "name" then
    return nil
  end
  for _, call in scope:descendants("call", { "Build", "BuildWithFlavor", "ToSql", "ToSQL", "MustSql" }) do
    local assign = call:parent()
    local target = assign and assign.kind == "assign" and assign:child("target")
    local first = target and (target.kind == "name" and target or target:children()[1])
    if first and first.text == argument.text and call.id < argument.id and call:is(LIBRARIES) then
      return call
    end
  end
  return nil
end

-- The links of the builder behind a call: {call, is_optional}.
local function links_of(build, argument, scope)
  local all = {}
  local _, before = build:chained()
  for _, call in before do
    table.insert(all, { call = call, is_optional = false })
  end
  local root = query_chain.root_of(build)
  local name = root and root.kind == "name" and root.text
  for _, call in name and query_chain.called_on(scope)[name] or {} do
    local branch = call:enclosing({ "if", "case", "for", "function" })
    table.insert(all, { call = call, is_optional = branch ~= nil and branch.kind ~= "function" and not argument:is_within(branch) })
  end
  for _, assign in name and query_chain.assigned(scope)[name] or {} do
    local value = assign:child("value")
    local branch = assign:enclosing({ "if", "case", "for", "function" })
    local is_optional = branch ~= nil and branch.kind ~= "function" and not argument:is_within(branch)
    local _, links = nil, {}
    if value and value.kind == "call" then
      _, links = value:chained()
      table.insert(all, { call = value, is_optional = is_optional })
    end
    for _, call in links do
      table.insert(all, { call = call, is_optional = is_optional })
    end
  end
  return all
end

-- Columns that a statement gives; nil where what is asked for is one number.
local function counts_only(links)
  local columns, counted = 0, 0
  for _, link in links do
    for _, argument in SELECTS[link.call.name] and link.call:args() or {} do
      local text = argument:literal()
      columns += 1
      counted += type(text) == "string" and text:upper():find("^%s*[CMS][OAIU][UXNM]N?T?%s*%(") and 1 or 0
    end
  end
  return columns > 0 and counted == columns
end

-- The fields of an argument that an optional link is there for: `if filter.ShopID > 0 { builder.Where(...) }`.
local function note_fields(call, fields)
  local branch = call:enclosing({ "if", "case", "function" })
  local test = branch and branch.kind == "if" and branch:child("test")
  for _, attr in test and test:descendants("attr") or {} do
    local root = query_chain.root_of(attr)
    if root and root:param_position() then
      fields[attr.text] = true
    end
  end
end

-- Judges a read as `listing.judge` does; nil where its statement is none that such a builder makes, or one that is bounded.
function M.judge(read, scope)
  if read.file.language ~= "go" or read:fact("statement") == nil then
    return nil
  end
  local build, given = nil, nil
  for _, argument in read:args() do
    build = build_of(argument, scope)
    given = argument
    if build then
      break
    end
  end
  if not build or not given then
    return nil
  end
  local links = links_of(build, given, scope)
  local selects, bound, filter, name, fields = false, "none", "none", nil, {}
  for _, link in links do
    local call = link.call
    selects = selects or SELECTS[call.name] or false
    if BOUNDS[call.name] then
      if not link.is_optional then
        return nil
      end
      bound = "optional"
    elseif link.is_optional and (FILTERS[call.name] or call.name:find("Join", 1, true) and not call.source:find("LeftJoin", 1, true)) then
      note_fields(call, fields)
    elseif FILTERS[call.name] then
      for _, argument in call:args() do
        local one = argument.kind == "call" and narrowing.filter_of_call(argument) or narrowing.filter_of_value(argument)
        filter = narrowing.stronger(filter, #call:args() > 1 and "key" or argument.kind == "call" and one == "caller" and "key" or one)
      end
    elseif call.name == "From" or call.name == "from" then
      local table_name = call:arg(1) and call:arg(1):literal()
      name = name or type(table_name) == "string" and table_name:match("^%s*[`\"]?([%w_.]+)") or nil
    end
  end
  if not selects or counts_only(links) then
    return nil
  end
  return { read = read, filter = filter, bound = bound, name = name, lists = read:fact("lists"), query = {}, fields = next(fields) and fields or nil }
end

return M
