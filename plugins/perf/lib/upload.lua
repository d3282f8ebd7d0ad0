-- Uploads that pass through a service: where their bytes are received, which function has them then, and what puts them into an object
-- store.

local chosen_modules = require("chosen_modules")
local words = require("words")

local M = {}

-- An upload of at most so many bytes is no load.
local SMALL = 1048576

-- Names of pictures that are small by nature.
local SMALL_THINGS = words.set("logo", "logos", "avatar", "avatars", "icon", "icons", "favicon", "signature", "thumbnail", "profilepic")

-- Whether a path, a function or a field names a small picture.
function M.is_small_thing(text)
  for _, word in words.of(text) do
    if SMALL_THINGS[word] then
      return true
    end
  end
  return false
end

local function product(node)
  local value = node:literal()
  if type(value) == "number" then
    return value
  end
  local source = node.source:gsub("_", ""):gsub("%s", "")
  local base, bits = source:match("^(%d+)<<(%d+)$")
  if base then
    return tonumber(base) * 2 ^ tonumber(bits)
  end
  local all = 1
  for part in (source .. "*"):gmatch("([^%*]*)%*") do
    local number = tonumber(part)
    if not number then
      return nil
    end
    all *= number
  end
  return all
end

local LIMITS = words.set("fileSize", "maxFileSize", "max_length", "max_size", "MAX_CONTENT_LENGTH", "MaxSizeValidator", "maxSize", "max_upload_size")

-- Whether a part of the code holds the upload to a small size.
function M.is_small(node)
  for _, pair in node:descendants({ "pair", "kw-arg", "call" }) do
    local name = pair.kind == "call" and pair.name or pair.text
    local key = pair:child("key")
    name = key and key.text or name
    local value = nil
    if LIMITS[name] then
      value = if pair.kind == "call" then pair:arg(1) else pair:child("value")
    elseif name == "MaxBytesReader" then
      value = pair:arg(3)
    end
    local bytes = value and product(value)
    if bytes and bytes <= SMALL then
      return true
    end
  end
  for _, compare in node:descendants("compare") do
    if compare.source:find("%f[%a]size%f[%A]") or compare.source:find("len%(") or compare.source:find("content_length", 1, true) then
      for _, side in compare:children() do
        local bytes = product(side)
        if bytes and bytes > 1024 and bytes <= SMALL then
          return true
        end
      end
    end
  end
  return false
end

-- First words of names that put something, and words that say that it is something else.
local PUTTING = words.set("put", "upload", "save", "store", "write", "create", "add")
local OTHERWISE = words.set("bucket", "url", "signed", "presigned", "post", "multipart", "policy", "acl", "tagging", "session", "folder", "container")

local function is_called_put(name)
  local all = words.of(name)
  for _, word in all do
    if OTHERWISE[word] then
      return false
    end
  end
  return PUTTING[all[1] or ""] == true
end

-- Calls that make an address by which the client itself sends what the command would.
local SIGNS = words.set("getSignedUrl", "presign")

-- Whether a command is signed instead of sent, where it is made or behind a variable: `getSignedUrl(client, command)`.
function M.is_signed(command)
  local func = command:func()
  for _, one in command:uses(func and func.node or command.file.root) do
    for _, taker in one.calls do
      if SIGNS[taker.name] then
        return true
      end
    end
  end
  return false
end

-- Whether a call puts something into an object store.
local function puts(call)
  if call:fact("kind") == "storage" and is_called_put(call.name) and call.file.side ~= "browser" then
    return true
  end
  if call:fact("puts") == "true" and call.file.side ~= "browser" then
    -- A command does nothing before it is sent, and is made to be sent; one that is signed leaves the upload to the client.
    return not M.is_signed(call)
  end
  local command = call.name == "send" and call:arg(1)
  local made = command and (command.kind == "call" and command or command:value())
  return made ~= nil and made ~= false and made.kind == "call" and made:fact("puts") == "true"
end

-- How many functions of the repository the bytes are followed into.
local DEEPEST = 4

-- The functions of the repository that a call runs, or hands to what runs them: `run_in_threadpool(store, file)`.
local function run_by(call)
  local all = {}
  for _, callee in call:callees() do
    table.insert(all, callee.node)
  end
  if call:fact("offloads") or call:fact("takes_function") == "now" then
    for _, arg in call:args() do
      local made = (arg.kind == "name" or arg.kind == "attr") and arg:definition()
      if made and made.kind == "function" then
        table.insert(all, made)
      end
    end
  end
  return all
end

-- The first call of a function, inner ones included, that puts into an object store, itself or through others, and the way there.
local function put_in(node, seen, depth, repo)
  for _, call in node:descendants("call") do
    if puts(call) then
      return call, {}
    end
  end
  for _, call in depth < DEEPEST and node:descendants("call") or {} do
    local run = run_by(call)
    for _, chosen in repo and chosen_modules.functions(call, repo) or {} do
      table.insert(run, chosen)
    end
    for _, callee in run do
      local key = `{callee.file.path}:{callee.id}`
      if not seen[key] then
        seen[key] = true
        local found, way = put_in(callee, seen, depth + 1, repo)
        if found then
          table.insert(way, 1, call)
          return found, way
        end
      end
    end
  end
  return nil, {}
end

-- What a function puts into an object store: the call, and the calls on the way there; with `repo` through modules that the settings choose, too.
function M.stored(node, repo)
  return put_in(node, {}, 0, repo)
end

-- First words of the names of functions that make something else of what they are given.
local WORKING = words.set("parse", "convert", "resize", "compress", "transcode", "decode", "crop", "scan", "optimize", "sanitize", "encrypt")

-- Whether a function works on the bytes before it hands them on: by a library, or by a function of the repository that is called so.
function M.works_on_bytes(node)
  for _, call in node:descendants("call") do
    if call:fact("works_on_bytes") == "true" or WORKING[words.of(call.name)[1] or ""] and #call:callees() > 0 then
      return true
    end
  end
  return false
end

-- Whether a function on the way into the store works on the bytes.
function M.is_worked_on(way)
  for _, call in way do
    for _, callee in run_by(call) do
      if M.works_on_bytes(callee) then
        return true
      end
    end
  end
  return false
end

return M
