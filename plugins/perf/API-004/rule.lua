-- Lists of whole tables that take a page from their caller, and nothing by which he could say what he looks for.

local asked_pages = require("asked_pages")
local growing_rows = require("growing_rows")
local list_handler = require("list_handler")
local list_reads = require("list_reads")
local paged_read = require("paged_read")
local words = require("words")

-- Types of parameters that a framework fills with something else than what a caller asks for.
local GIVEN = { "session", "depends", "request", "response", "background", "user", "context", "engine", "client", "connection", "pool", "settings", "repo", "service" }
local GIVEN_NAMES = words.set("self", "cls", "this", "req", "res", "request", "response", "reply", "next", "ctx", "c", "w", "r", "db", "session", "info", "args", "kwargs", "current_user", "user", "tenant")

-- Whether a parameter may hold what a caller looks for: any but pages, and what the framework gives.
local function may_filter(func)
  for _, param in func.params do
    local name = asked_pages.plain(param.text)
    local is_page = words.any_in(name, { "page", "limit", "offset", "skip", "take", "size" }) and not words.any_in(param.source, { "depends(" })
    if not is_page and not GIVEN_NAMES[param.text] and not words.any_in(param.source, GIVEN) then
      return true
    end
    if words.any_in(param.source, { "depends()", "filter", "params" }) then
      return true
    end
  end
  return false
end

-- The page of a whole table that a handler reads, itself or in a function that it calls.
local function page_of(func)
  for _, page in paged_read.all_in(func) do
    return page
  end
  for tried, call in func.node:descendants("call") do
    local callees = tried <= 20 and call:callees() or {}
    for _, page in #callees == 1 and paged_read.all_in(callees[1]) or {} do
      return page
    end
  end
  return nil
end

local SORTS = { "sort", "order", "filter", "search", "where" }

local function check_handler(func, report)
  local place, _, more = asked_pages.of(func)
  if not place or more or may_filter(func) then
    return
  end
  local page = page_of(func)
  local is_open = page ~= nil and page.is_whole and (page.filter == "none" or page.filter == "constant") and page.name ~= nil and growing_rows.named(page.name)
  if not is_open then
    return
  end
  report({
    at = func.node,
    message = `{func.name ~= "" and func.name or "this handler"} gives pages of {page.name}, and takes nothing to filter or sort them by: how many pages one caller reads in a row tells whether somebody looks for something`,
    confidence = "low",
    reach = "request",
    related = { { at = page.at, message = "the page" } },
  })
end

-- Whether the settings of REST framework name a filter for all views; nil until that was looked up.
local filters_by_default = nil

local function check_class(class, report, repo)
  if filters_by_default == nil then
    filters_by_default = #repo:holding("**/*.py", "DEFAULT_FILTER_BACKENDS") > 0
  end
  local body = class:child("body")
  if filters_by_default or not body or #class:children("base") > 1 then
    return
  end
  local model = nil
  for _, statement in body:children() do
    local target = statement.kind == "assign" and statement:child("target")
    local name = target and target.text or statement.text
    if target and name == "queryset" then
      model = statement:child("value").source:match("^([%w_]+)%.")
    elseif words.any_in(name, SORTS) or statement.kind == "function" and (statement.source:find("request", 1, true) or statement.source:find("kwargs", 1, true)) ~= nil and (name == "get_queryset" or name == "list") then
      return
    end
  end
  if model and growing_rows.named(model) then
    report({
      at = class,
      message = `{class.text} lists {model} and has no \`filter_backends\`: how many pages one caller reads in a row tells whether somebody looks for something`,
      confidence = "low",
      reach = "request",
    })
  end
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    local has_begun = false
    for _, handler in list_handler.among(file, matches) do
      if asked_pages.may_ask(handler) then
        if not has_begun then
          has_begun = true
          list_reads.begin(repo)
        end
        check_handler(handler.func, report)
      end
    end
    -- Classes stand behind the handlers.
    for at = #matches, 1, -1 do
      local match = matches[at]
      if match.matcher ~= "class" then
        break
      end
      check_class(match.node, report, repo)
    end
  end,
}
