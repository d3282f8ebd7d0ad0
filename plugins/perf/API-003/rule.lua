-- Handlers that give a page of a list and do not say how it goes on: bare rows, no total, no next page, no header.

local asked_pages = require("asked_pages")
local bare_list = require("bare_list")
local keyset = require("keyset")
local list_handler = require("list_handler")
local page_size = require("page_size")
local words = require("words")

-- Words by which a response, or a header of it, says how a list goes on.
local SAYS = words.set(
  "total", "count", "rowcount", "totalcount", "totalpage", "totalitem", "next", "nextpage", "nexturl", "hasnext", "hasmore", "paginate", "paginated", "paginator", "pagination", "pageinfo",
  "link", "meta", "metadata", "contentrange", "lastpage", "numpage", "pagecount", "envelope"
)
-- Words of decorators that make a page of what a handler gives.
local PAGING = words.set("page", "paged", "paging", "paginate", "paginated", "paginator", "pagination")

-- Names by which a caller asks for what follows the last row that he has: he needs no other word of the next page.
local KEYS = words.set("after", "since", "sinceid", "afterid", "lastid", "beforeid", "startafter", "continuation", "nexttoken", "pagetoken")

local function is_key(name)
  return keyset.is_cursor(name) or KEYS[asked_pages.plain(name)] or false
end

-- A page that is an object of the project may hold anything.
local function is_place(at)
  local kind = at.kind == "param" and at:child("type")
  return not kind or page_size.is_any_number((kind.source:gsub("^:%s*", "")))
end

-- Whether something in a handler may say how the list goes on.
local function may_say(func)
  -- Go's rows and chains of handlers have a `Next`, Express hands on by one.
  local own = { next = func.node.file.language == "go" }
  for _, param in func.params do
    if param.text == "next" then
      own.next = true
    end
  end
  for _, node in func.node:descendants({ "name", "attr", "str", "pair", "kw-arg", "template" }) do
    local text = asked_pages.plain(node.text)
    if not own[text] and #text < 60 then
      if text == "headers" or text ~= "selectcount" and words.has_word(node.text, SAYS) then
        return true
      end
    end
  end
  for _, decorator in func.node:children("decorator") do
    -- The path of a route may name pages that are the very items of the list.
    local is_route = decorator.kind == "call" and decorator:fact("role") == "request"
    if words.has_word(is_route and decorator.name or decorator.source, PAGING) then
      return true
    end
  end
  return false
end

-- Whether a handler writes headers of its own: the total or the next page may stand there.
local function sets_headers(func)
  for _, node in func.node:descendants({ "attr", "call" }) do
    local name = asked_pages.plain(node.kind == "call" and node.name or node.text)
    if name == "headers" or name == "header" or name == "setheader" or name == "set" and node.kind == "call" and node.source:find("^res[%w]*%.set%(") then
      local statement = node:statement()
      local text = asked_pages.plain(statement and statement.source or "")
      if not text:find("contenttype", 1, true) and not text:find("authorization", 1, true) then
        return true
      end
    end
  end
  return false
end

-- Fields of a schema are asked for one by one, the total among them.
local function is_resolver(func)
  if func.name:find("^resolve_") then
    return true
  end
  for _, decorator in func.node:children("decorator") do
    if words.any_in(decorator.source, { "query(", "@query", "strawberry", "resolvefield", ".field" }) and not decorator.source:find("@Get", 1, true) then
      return true
    end
  end
  return false
end

local function check_handler(func, report)
  local place, size = asked_pages.of(func)
  local how = place and not is_resolver(func) and bare_list.of(func)
  if not how or keyset.is_offered(func, is_key) or sets_headers(func) or how == "seen" and may_say(func) then
    return
  end
  report({
    at = func.node,
    message = `{func.name ~= "" and func.name or "this handler"} answers with the bare rows of a page: whether another one follows, the caller learns by asking for it`,
    confidence = size and is_place(place) and "medium" or "low",
    reach = "request",
    related = { { at = place, message = "asks for a page" } },
  })
end

return {
  check = function(file, matches, report)
    if file.side == "browser" then
      return
    end
    for _, handler in list_handler.among(file, matches) do
      if asked_pages.may_ask(handler) then
        check_handler(handler.func, report)
      end
    end
  end,
}
