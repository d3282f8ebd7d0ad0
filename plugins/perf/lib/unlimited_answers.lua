-- Answers that are read whole: where all of an answer's bytes are taken at once as a text, or put together of the pieces in which they come.

local awaited = require("awaited")
local set = require("words").set

local M = {}

local PYTHON_READS = set("text", "content", "json", "read")
local READS = set("text", "json", "blob")
local METHODS = set("get", "post", "put", "patch", "request", "fetch", "stream")
local CAPS = { "maxContentLength", "maxBodyLength", "maxResponseSize", "size", "limit", "maxResponseLength" }

-- What a node says without its remarks.
local function said(node)
  return (node.source:gsub("%f[/]//[^\n]*", ""):gsub("%s#[^\n]*", ""))
end

-- Whether the function looks at how long the answer is, or asks for a part of it.
local function is_guarded(call)
  local func = call:func()
  local text = said(func and func.node or call):lower()
  return text:find("content[-_]length") ~= nil or text:find("contentlength", 1, true) ~= nil or text:find("max_?size") ~= nil or text:find("max_?bytes") ~= nil or text:find("[\"']range[\"']") ~= nil
end

local function is_capped(call)
  for _, name in CAPS do
    if select(2, call:arg(name)) ~= "absent" then
      return true
    end
  end
  for _, option in { "method", "responseType" } do
    local value = call:arg(option)
    local text = value and value:literal()
    if type(text) == "string" and (text:upper() == "HEAD" or text == "stream") then
      return true
    end
  end
  return select(2, call:arg("stream")) ~= "absent"
end

-- Names that hold the answer: those that a variable or `with` gives it.
local function names_of(call)
  local _, outer = awaited.parent(call)
  local link = (outer or call):parent()
  if link and link.kind == "with-item" then
    local target, all = link:child("target"), {}
    local around = target and link:enclosing("with")
    for _, name in around and around:descendants("name") or {} do
      if name.text == target.text and not name:same(target) then
        table.insert(all, name)
      end
    end
    return all
  end
  local func = call:func()
  return func and call:aliases(func.node) or {}
end

-- The place where what a name stands for is read whole, here or in the function that it is handed to.
local function read_of(name, reads, depth)
  local attr = name:parent()
  if attr and attr.kind == "attr" and attr:role() ~= "target" and reads[attr.text] then
    local call = attr:parent()
    return call and call.kind == "call" and attr:role() == "callee" and call or attr
  end
  local taker = name:role() == "arg" and name:parent() or nil
  for _, callee in taker and taker.kind == "call" and depth < 2 and taker:callees() or {} do
    for at, param in callee.params do
      local value = taker:arg(at)
      for _, inner in value and value:same(name) and callee.node:descendants("name") or {} do
        local found = inner.text == param.text and inner:role() ~= "param" and read_of(inner, reads, depth + 1)
        if found then
          return found
        end
      end
    end
  end
  return nil
end

local function read_by_name(call, reads)
  local parent, outer = awaited.parent(call)
  local link = (outer or call):parent() or parent
  if link and link.kind == "attr" and reads[link.text] then
    return link
  end
  for _, name in names_of(call) do
    local found = read_of(name, reads, 0)
    if found then
      return found
    end
  end
  return nil
end

-- Where the pieces of an answer are put together: `response.on("data", (piece) => { body += piece })`.
local function joined_in(call)
  for _, on in call:descendants("call", { "on", "addListener" }) do
    local event, heard = on:arg(1), on:arg(2)
    local func = event and event:literal() == "data" and heard and heard.kind == "function" and heard:func()
    local piece = func and func.params[1]
    for _, inner in piece and heard:descendants({ "aug-assign", "call" }) or {} do
      local keeps = inner.kind == "aug-assign" or inner.name == "push" or inner.name == "concat"
      if keeps and inner.source:find(`%f[%w_]{piece.text}%f[^%w_]`) and not said(heard):find("destroy", 1, true) and not said(heard):find("abort", 1, true) and not said(heard):find("length%s*>") then
        return inner
      end
    end
  end
  return nil
end

local CORE = { "http.{get,request}", "https.{get,request}", "node:http.{get,request}", "node:https.{get,request}", "http.default.{get,request}", "https.default.{get,request}" }

-- Where the answer to a call is read whole without a limit; nil where it is not, or not as far as can be seen.
function M.read(call)
  if is_capped(call) or is_guarded(call) or call.name == "head" or call.name == "options" then
    return nil
  elseif call.file.language == "python" then
    return METHODS[call.name] and read_by_name(call, PYTHON_READS) or nil
  elseif call:is(CORE) then
    return joined_in(call)
  elseif call.name:lower():find("fetch", 1, true) or call.name == "ky" then
    return read_by_name(call, READS)
  end
  -- Other clients read the answer before they hand it over.
  return call:fact("kind") == "http" and call or nil
end

return M
