-- Which relations some query of a repository brings along behind which other one: where the row at hand comes from is not seen everywhere.

local M = {}

local known = nil

local function note(text)
  local before = nil
  for name in text:gsub("__", "\n"):gmatch("[^\n]+") do
    if before then
      known[`{before}__{name}`] = true
    end
    before = name
  end
  return before
end

-- Calls `each` with the lines of a text that hold `word`, without their comments. Most lines hold none: they are not looked at.
local function lines_with(text, word, each)
  local at = 1
  while true do
    local hit = text:find(word, at, true)
    if not hit then
      return
    end
    local from, to = hit, (text:find("\n", hit, true) or #text + 1) - 1
    while from > 1 and text:byte(from - 1) ~= 10 do
      from -= 1
    end
    each((text:sub(from, to):gsub("#.*", "")))
    at = to + 1
  end
end

local function read(repo)
  known = {}
  for _, path in repo:holding("**/*.py", { "prefetch_related", "Prefetch(", "select_related" }) do
    if path:find("migrations/", 1, true) then
      continue
    end
    local text = repo:text(path) or ""
    lines_with(text, "__", function(line)
      for chain in line:gmatch("[\"']([%w_]+__[%w_]+)[\"']") do
        note(chain)
      end
    end)
    -- `Prefetch("lines", queryset=Line.objects.select_related("product"))`
    if text:find("Prefetch(", 1, true) then
      for relation, rest in text:gsub("#[^\n]*", ""):gmatch("Prefetch%(%s*[\"']([%w_]+)[\"']%s*,(.-)%f[\n]\n%s*\n") do
        local last = relation:match("([%w]+[%w_]-)$")
        last = last and last:match("__([%w_]+)$") or last
        for names in rest:sub(1, 400):gmatch("_related%((.-)%)") do
          for name in names:gmatch("[\"']([%w_]+)[\"']") do
            known[`{last}__{name:match("^(.-)__") or name}`] = true
          end
        end
      end
    end
  end
end

-- Whether some query brings the relation `name` along behind the relation `before`.
function M.has(repo, before, name)
  if not known then
    read(repo)
  end
  return known[`{before}__{name}`] == true
end

return M
