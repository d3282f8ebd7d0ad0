-- Fixes that bound what is kept: a memoised function, or a container that becomes a cache with an end.

local imports = require("imports")
local layout = require("layout")

local M = {}

-- The edits that bound a memoised function; shown only, because how many values there are to keep the code does not say.
function M.of_function(file, decorator, value)
  local title = "keep the 1024 entries used last"
  if decorator:fact("memo") == "sized" and value and value.kind == "null" then
    return { title = title, safety = "shown-only", edits = { { at = value, text = "1024" } } }
  end
  if decorator:fact("memo") ~= "unbounded" or decorator.kind == "call" then
    return nil
  end
  local module = decorator.kind == "attr" and decorator:child("value")
  if module then
    return { title = title, safety = "shown-only", edits = { { at = decorator, text = `{module.source}.lru_cache(maxsize=1024)` } } }
  end
  local edits = imports.edits(file, "functools", "lru_cache")
  local only = #edits == 1 and imports.item(file, "functools", "cache")
  if only and imports.reads(file, decorator.text) == 1 then
    edits = { { at = only, text = "lru_cache" } }
  end
  table.insert(edits, { at = decorator, text = "lru_cache(maxsize=1024)" })
  return { title = title, safety = "shown-only", edits = edits }
end

-- The edits by which a JavaScript file gets to know the class; none where it does.
local function import_of_cache(file)
  if file.text:find("LRUCache", 1, true) then
    return {}
  end
  local first = nil
  for _, child in file.root:children() do
    first = first or child.kind == "import" and child or nil
  end
  local quote, ending = layout.quote(file), layout.ending(file)
  if first then
    return { { before = first, text = `import \{ LRUCache } from {quote}lru-cache{quote}{ending}\n` } }
  end
  local top = file.root:children()[1]
  local is_required = file.text:find("require(", 1, true)
  local text = is_required and `const \{ LRUCache } = require({quote}lru-cache{quote}){ending}\n` or `import \{ LRUCache } from {quote}lru-cache{quote}{ending}\n\n`
  return { { before = top, text = text } }
end

-- The edits that put a bounded cache in the container's place; they need a package, so they are shown only.
function M.of_container(file, assign, value)
  local text, edits
  if file.language == "python" and value.kind == "dict" and #assign:children("target") == 1 then
    text, edits = "TTLCache(maxsize=1024, ttl=300)", imports.edits(file, "cachetools", "TTLCache")
  elseif file.language ~= "python" and file.language ~= "go" and value.kind == "call" and value.name == "Map" then
    text, edits = `new LRUCache{value.source:match("Map(%b<>)") or ""}(\{ max: 1024, ttl: 300_000 })`, import_of_cache(file)
  end
  if not edits then
    return nil
  end
  table.insert(edits, { at = value, text = text })
  return { title = "bound it by number and by age", safety = "shown-only", edits = edits }
end

return M
