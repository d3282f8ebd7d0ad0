-- Functions that keep what they give: their decorators say so, or their names.

local words = require("words")

local M = {}

local KEEPING = { "cach", "memo", "once", "singleton", "lazy" }

local function says_keeping(text)
  return words.any_in(text, KEEPING)
end

-- A function that is called so hands out what it keeps; one that is called after a cache (`flush_cache`) works on one.
local KEEPERS = words.set("cached", "memo", "memoized", "memoize", "once", "singleton", "lazy")

function M.is_called_keeper(name)
  for at, word in words.of(name) do
    if KEEPERS[word] or at == 1 and word == "cache" then
      return true
    end
  end
  return false
end

-- What is worked out once for each object: it lives as long as that.
local function is_of_object(decorator)
  return decorator:find("cached_property$") ~= nil
end

-- Whether the object keeps what a method of it gives.
function M.is_by_object(fn)
  for _, decorator in fn:decorators() do
    if is_of_object(decorator) then
      return true
    end
  end
  return false
end

-- Whether a decorator keeps it as long as the process runs.
function M.is_by_decorator(fn)
  for _, decorator in fn:decorators() do
    if says_keeping(decorator) and not is_of_object(decorator) then
      return true
    end
  end
  return false
end

return M
