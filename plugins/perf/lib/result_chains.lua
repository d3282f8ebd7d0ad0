-- Values whose `map` runs once and over no list: results and options of functional libraries (`ResultAsync`, `TaskEither`), of which one is there or an error.

local awaited = require("awaited")
local set = require("words").set

local M = {}

-- Methods of such a value that no list has.
local LINKS = set("andThen", "andThrough", "mapErr", "orElse", "asyncAndThen", "asyncMap", "unwrapOr", "mapLeft", "andTee", "orTee", "safeUnwrap", "isOk", "isErr")
-- Methods that give what is in it.
local UNWRAPS = set("unwrapOr", "unwrapOrElse", "unwrap", "safeUnwrap", "_unsafeUnwrap", "match", "getOrElse", "expect")
-- What makes one.
local MAKES = table.freeze({ "neverthrow.**", "ts-results.**", "ts-results-es.**", "oxide.ts.**", "true-myth.**", "purify-ts.**", "@badrap/result.**" })
local TYPES = { "%f[%w]ResultAsync%f[%W]", "%f[%w]AsyncResult%f[%W]", "%f[%w]Result%s*<", "%f[%w]TaskEither%f[%W]", "%f[%w]Either%f[%W]", "%f[%w]EitherAsync%f[%W]", "%f[%w]Maybe%s*<", "%f[%w]MaybeAsync%f[%W]" }

local function returns_one(call)
  for _, func in call:callees() do
    local type_ = func.node:child("returns")
    for _, form in type_ and TYPES or {} do
      if type_.source:find(form) then
        return true
      end
    end
  end
  return false
end

local function is_one(value)
  if value.kind ~= "call" or UNWRAPS[value.name] then
    return false
  end
  local after, before = value:chained()
  for _, links in { { value }, before, after } do
    for _, link in links do
      if LINKS[link.name] or link:is(MAKES) or returns_one(link) then
        return true
      end
    end
  end
  return false
end

-- Whether a loop is such a `map`.
function M.is_over(loop)
  local over = loop.node.kind == "call" and loop.iter
  if not over or over.file.language == "python" or over.file.language == "go" then
    return false
  end
  local value = awaited.value(over.kind == "name" and over:value() or over)
  return value ~= nil and is_one(value)
end

return M
