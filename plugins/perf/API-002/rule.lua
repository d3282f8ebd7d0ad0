-- The size of a page that a caller asks for, followed from the request to the query. A declared maximum, a comparison, or anything that may bound
-- it on the way is the end of the search.

local handed_query = require("handed_query")
local page_size = require("page_size")
local pagination_class = require("pagination_class")

-- What holds the parameters of a request.
local HOLDERS = { args = true, GET = true, query_params = true, values = true, query = true, QueryParams = true, params = true }

-- What parameters are asked for with.
local ASKING = { get = true, Get = true, Query = true, DefaultQuery = true, QueryParam = true, FormValue = true, QueryInt = true }

-- Methods whose rows a view still pages.
local BEFORE_PAGING = { get_queryset = true, filter_queryset = true }

local function is_validated(func)
  if BEFORE_PAGING[func.name] then
    return true
  end
  for _, call in func:registrations() do
    for _, argument in call:args() do
      local source = argument.source:lower()
      if argument.kind ~= "function" and (source:find("valid", 1, true) or source:find("schema", 1, true) or source:find("celebrate", 1, true) or source:find("paginat", 1, true)) then
        return true
      end
    end
  end
  for _, decorator in func.node:children("decorator") do
    local source = decorator.source:lower()
    if source:find("valid", 1, true) or source:find("schema", 1, true) or source:find("use_kwargs", 1, true) or source:find("use_args", 1, true) then
      return true
    end
  end
  return false
end

-- Whether a parameter is the query's in FastAPI and Nest, and nothing in its declaration bounds it.
local function is_open_param(param, func)
  local source = param.source
  local language = param.file.language
  if language == "python" then
    local kind, default = param:child("type"), param:child("default")
    -- What a description says is no declaration.
    source = source:gsub("\"[^\"]*\"", ""):gsub("'[^']*'", "")
    if source:find("%f[%w]le%s*=") or source:find("%f[%w]lt%s*=") or source:find("conint", 1, true) then
      return false
    elseif kind and kind.source:find("^Annotated%[") then
      return page_size.is_any_number(kind.source:match("^Annotated%[%s*(.-),%s*Query%(") or "")
    elseif not kind or not page_size.is_any_number(kind.source) then
      return false
    end
    return not default or default.kind ~= "call" or default.name == "Query"
  end
  local decorator = param:child("decorator")
  if not decorator or decorator.name ~= "Query" then
    return false
  end
  for _, pipe in decorator:args() do
    local name = pipe.kind == "call" and pipe.name or pipe.text
    if pipe.kind ~= "str" and name ~= "ParseIntPipe" and name ~= "DefaultValuePipe" then
      return false
    end
  end
  return true
end

-- Only frameworks that fill parameters from the query do so.
local function fills_params(func)
  for _, decorator in func:decorators() do
    if decorator:find("^fastapi%.") or decorator:find("^@nestjs/common%.") then
      return true
    end
  end
  return false
end

-- The name under which a request is asked for the size of a page: `request.args.get("limit")`, `c.DefaultQuery("limit", "20")`.
local function asked_name(call)
  local first = call:arg(1)
  local name = first and first.kind == "str" and first.text
  if not name or not ASKING[call.name] or not page_size.is_size(name) then
    return nil
  end
  local on = call:receiver()
  if not on then
    return nil
  elseif call.name == "get" then
    local holder = on.kind == "attr" and on.text or on.kind == "name" and on:value() and on:value().kind == "attr" and on:value().text
    return HOLDERS[holder or ""] and name or nil
  elseif call.name == "Get" then
    local query = on.kind == "call" and on or on.kind == "name" and on:value()
    return query and query.kind == "call" and query.name == "Query" and name or nil
  end
  return name
end

local function report_size(at, name, sink, report)
  local shown = sink.kind == "call" and sink.name or sink.kind == "slice" and "the slice" or "the statement"
  report({
    at = at,
    message = `\`{name}\` is as large as the caller likes: nothing bounds it before {shown} takes it`,
    confidence = "medium",
    related = { { at = sink, message = "the query that takes it" } },
    notes = { parameter = name },
  })
end

-- Names that JavaScript takes out of a query: `const { page, limit = 20 } = req.query`.
local function taken_apart(assign)
  local target, value = assign:child("target"), assign:child("value")
  if not target or target.kind == "name" or not value or not (value.kind == "attr" and value.text == "query" or value.source == "ctx.request.query") then
    return {}
  end
  local all = {}
  for _, name in target:descendants("name") do
    if page_size.is_size(name.text) and name:role() ~= "default" then
      table.insert(all, name)
    end
  end
  return all
end

local function check_handler(func, report, repo)
  if is_validated(func) then
    return
  end
  if fills_params(func) then
    for _, param in func.params do
      if page_size.is_size(param.text) and is_open_param(param, func) then
        local sink = page_size.unbounded(page_size.reads(param, func), func)
        if sink then
          report_size(param, param.text, sink, report)
        end
      end
    end
  end
  local language = func.node.file.language
  if language == "javascript" or language == "typescript" then
    local seen = {}
    for _, assign in func.node:descendants("assign") do
      for _, name in taken_apart(assign) do
        local sink = not seen[name.text] and page_size.unbounded(page_size.reads(name, func), func)
        seen[name.text] = true
        if sink then
          report_size(name, name.text, sink, report)
        end
      end
    end
    local handed = handed_query.unbounded(func, repo)
    if handed then
      report_size(handed.at, handed.key, handed.sink, report)
      return
    end
    local reads = {}
    for _, attr in func.node:descendants("attr") do
      local holder = attr:child("value")
      -- `const query = request.query` is the same under another name.
      holder = holder and holder.kind == "name" and holder:value() or holder
      if holder and holder.kind == "attr" and holder.text == "query" and page_size.is_size(attr.text) and attr:role() ~= "target" then
        reads[attr.text] = reads[attr.text] or {}
        table.insert(reads[attr.text], attr)
      end
    end
    for name, all in reads do
      local sink = page_size.unbounded(all, func)
      if sink then
        report_size(all[1], name, sink, report)
      end
    end
  end
end

local function check_asked(call, report)
  local name = asked_name(call)
  local func = call:func()
  if not name or not func or call:reach() ~= "request" or is_validated(func) then
    return
  end
  local sink = page_size.unbounded({ call }, func)
  if sink then
    report_size(call, name, sink, report)
  end
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" then
      return
    end
    for _, match in matches do
      if match.matcher == "class" then
        pagination_class.check(match.node, report)
      elseif match.matcher == "default" then
        pagination_class.check_default(match.node, report)
      elseif match.matcher == "named" then
        pagination_class.check_named(match.node, report)
      elseif match.matcher == "asked" then
        local call = match.node:parent()
        if call and call.kind == "call" then
          check_asked(call, report)
        end
      else
        local func = match.node:func()
        if func then
          check_handler(func, report, repo)
        end
      end
    end
  end,
}
