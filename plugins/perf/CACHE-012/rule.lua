-- Handlers that read one row by the id of the request and nothing else, in a service that keeps other things in a cache. Whether that is worth an entry, only a
-- measurement says.

local database_kind = require("database_kind")
local entries = require("cache_entries")
local kept_data = require("kept_data")
local list_handler = require("list_handler")
local presence = require("presence")
local read_through = require("read_through")
local words = require("words")

-- Reads of one row by its key.
local BY_ID = {
  "get", "get_object_or_404", "aget", "get_or_404", "first_or_404", "findById", "findByPk", "findUnique", "findUniqueOrThrow", "findOne", "findOneBy", "findOneOrFail", "find_one", "get_or_none", "get_by_id", "getById", "First", "Take", "findFirst"
}
local IS_BY_ID = words.set(unpack(BY_ID))
local KEEPING = { "cache", "etag", "max-age", "memoize", "no-store" }

-- The parameter of the route that tells one thing from others.
local function is_id(text)
  local lower = text:lower()
  return lower == "id" or lower == "pk" or lower == "uuid" or lower == "slug" or lower:find("_id$") ~= nil or text:find("%lId$") ~= nil or lower:find("_pk$") ~= nil or lower == "number"
end

-- Whether an argument is the id of the request: a parameter of the handler, `req.params.id`, `c.Param("id")`.
local function has_request_id(call, func)
  for _, arg in call:args() do
    local nodes = arg:descendants({ "name", "attr", "str" })
    table.insert(nodes, arg)
    for _, node in nodes do
      if node.kind == "name" and is_id(node.text) then
        for _, param in func.params do
          if param.text == node.text then
            return true
          end
        end
        local value = node:value()
        if value and (value.source:find("[pP]aram") or value.source:find("kwargs")) then
          return true
        end
      elseif node.kind == "attr" and is_id(node.text) and node.source:find("params", 1, true) then
        return true
      elseif node.kind == "str" and is_id(node.text) and node:parent() and node:parent().kind == "call" and node:parent().name:find("[pP]ar") then
        return true
      end
    end
  end
  return false
end

local function says_keeping(func)
  for _, node in func.node:descendants({ "str", "template", "name", "attr", "kw-arg" }) do
    if words.any_in(node.text, KEEPING) then
      return true
    end
  end
  return false
end

-- The only read of the handler, if it is one by the id of the request.
local function only_read(func)
  if #func.node:descendants("call", BY_ID) == 0 then
    return nil
  end
  local found = nil
  for _, call in func.node:descendants("call") do
    local effects = call:effects()
    local is_read = call:fact("kind") == "db" and call:fact("verb") ~= "connect"
    for _, effect in effects do
      if effect == "cache" or effect == "db-write" or effect == "http" or effect == "queue" then
        return nil
      end
      is_read = is_read or effect == "db-read"
    end
    if entries.is_of_cache(call) or read_through.is_one(call) then
      return nil
    elseif is_read then
      if found and not found:is_within(call) and not call:is_within(found) then
        return nil
      end
      if IS_BY_ID[call.name] and has_request_id(call, func) then
        found = call
      elseif not found then
        local _, before = call:chained()
        if #before == 0 then
          return nil
        end
      end
    end
  end
  return found
end

-- Calls that may set an entry, by name or by what is known of the library.
local SETTING = words.set(
  "set", "Set", "add", "set_many", "setex", "setEx", "setEX", "SetEX", "SetEx", "psetex", "set_json", "setJson", "setJSON", "set_cache", "setCache", "SetCache", "cache_set", "cacheSet", "CacheSet", "set_cached", "setCached", "cache_page", "cached", "memoize", "get_or_set",
  "getOrSet", "cache_response", "cacheMiddleware"
)

-- Whether the service keeps copies of data in a cache; the answer is that of the repository.
local keeps = nil

local function keeps_copies(repo)
  if keeps == nil then
    keeps = false
    for _, path in repo:matched("kept") do
      local file = repo:open(path)
      for _, call in file and file.root and not keeps and file.root:descendants("call") or {} do
        if SETTING[call.name] and kept_data.is_copy(call) then
          keeps = true
          break
        end
      end
    end
  end
  return keeps
end

-- Whether a read is one of a file in the process, by language: it costs no round trip that a cache would spare.
local from_file = {}

local function reads_file(repo, language)
  if from_file[language] == nil then
    from_file[language] = database_kind.only_a_file(repo, language) == true
  end
  return from_file[language]
end

return {
  check = function(file, matches, report, repo)
    if file.side == "browser" or not keeps_copies(repo) then
      return
    end
    for _, handler in list_handler.among(file, matches) do
      local func = handler.func
      local read = only_read(func)
      if read and not says_keeping(func) and not reads_file(repo, file.language) then
        report({
          at = read,
          message = `{read.name} asks the database for this row in every request, beside a cache that keeps others; compare the calls of the statement with the number of different ids`,
          confidence = "low",
        })
      end
    end
  end,
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = {},
      about = function()
        return #repo:matched("service") > 0 and keeps_copies(repo)
      end,
      nothing = "nothing in this repository answers requests and keeps entries in a cache",
      missing = "how often each row is read by its id, no code says; link what is read by id and kept, or the rate of such reads per id",
    })
  end,
}
