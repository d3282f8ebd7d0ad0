-- What a caller asks a list for: which page, of what size, and anything besides.

local words = require("words")

local M = {}

-- Parameters that name a page by its place, and those that say how large it is.
local PLACES = words.set("page", "offset", "skip", "pagenumber", "pageno", "pagenum", "pageindex", "start", "from")
local SIZES = words.set("limit", "pagesize", "perpage", "size", "take", "count", "pagelimit", "top", "first", "number", "num")

-- Reads of a request's query: `req.query.page`, `request.args.get("page")`, `c.DefaultQuery("page", "1")`.
local ASKS = words.set("get", "Get", "Query", "DefaultQuery", "QueryParam", "FormValue", "QueryInt", "getlist")
local HOLDERS = words.set("query", "args", "query_params", "GET", "params", "searchParams")

-- A name without what different styles write between its words.
function M.plain(name)
  return (words.lower(name):gsub("[_-]", ""))
end

-- Words without which no code asks for a page.
local ASKING = { "page", "Page", "offset", "Offset", "skip", "Skip" }

-- Whether one of the handlers that `list_handler` found may ask for a page; known of each that was asked about, since several rules do.
function M.may_ask(handler)
  local may = handler.may_ask_page
  if may == nil then
    may = false
    local source = handler.node.source
    for _, word in ASKING do
      may = may or source:find(word, 1, true) ~= nil
    end
    handler.may_ask_page = may
  end
  return may
end

-- What a handler is asked: the node that names the page's place, the one that says its size, and whether it is asked for anything else, or may be.
function M.of(func)
  local place, size, more = nil, nil, false
  local body = func.node:child("body")
  local used = {}
  local function see(name, at)
    local text = M.plain(name)
    if PLACES[text] then
      place = place or at
    elseif SIZES[text] then
      size = size or at
    else
      more = true
    end
  end
  for _, node in body:descendants({ "name", "attr", "call" }) do
    local parent = node:parent()
    if node.kind == "name" then
      used[node.text] = true
    elseif node.kind == "attr" then
      local holder = node:child("value")
      if holder and holder.text == "query" and (holder.kind == "attr" or holder.kind == "name") or holder and holder.kind == "attr" and holder.text == "args" and node.text ~= "get" then
        see(node.text, node)
      elseif HOLDERS[node.text] and parent and parent.kind ~= "attr" and parent.kind ~= "index" and parent.kind ~= "assign" and node:role() ~= "callee" then
        -- All that was asked is handed on.
        more = true
      end
    elseif ASKS[node.name] then
      local key = node:arg(1)
      local text = key and key:literal()
      -- `db.Query("SELECT ...")` asks a database.
      if type(text) == "string" and not text:find("%s") then
        see(text, node)
      end
    end
  end
  for _, index in body:descendants("index") do
    local holder, key = index:child("value"), index:child("index")
    if holder and HOLDERS[holder.text] and key and key.kind == "str" then
      see(key.text, index)
    end
  end
  for _, assign in body:descendants("assign") do
    local target, value = assign:child("target"), assign:child("value")
    if target and target.kind ~= "name" and value and value.kind == "attr" and value.text == "query" then
      for _, name in target:descendants("name") do
        if name:role() ~= "default" then
          see(name.text, name)
        end
      end
    end
  end
  for _, param in func.params do
    if used[param.text] and (PLACES[M.plain(param.text)] or SIZES[M.plain(param.text)]) then
      see(param.text, param)
    end
  end
  return place, size, more
end

return M
