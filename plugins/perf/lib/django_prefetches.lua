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

local function read(repo)
  known = {}
  for _, path in repo:holding("**/*.py", { "prefetch_related", "Prefetch(", "select_related" }) do
    local text = (repo:text(path) or ""):gsub("#[^\n]*", "")
    if path:find("migrations/", 1, true) then
      continue
    end
    for chain in text:gmatch("[\"']([%w_]+__[%w_]+)[\"']") do
      note(chain)
    end
    -- `Prefetch("lines", queryset=Line.objects.select_related("product"))`
    for relation, rest in text:gmatch("Prefetch%(%s*[\"']([%w_]+)[\"']%s*,(.-)%f[\n]\n%s*\n") do
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

-- Whether some query brings the relation `name` along behind the relation `before`.
function M.has(repo, before, name)
  if not known then
    read(repo)
  end
  return known[`{before}__{name}`] == true
end

return M
