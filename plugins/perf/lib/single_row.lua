-- Tables of one row: the code writes it under one key that it knows by heart, `token.upsert({ where: { id: 1 }, ... })`, and makes no others.

local M = {}

-- Where a row is made under a key, and the calls that make any number of rows.
local KEYED = { "upsert", "findOrCreate", "findOneAndUpdate", "updateOne" }
local MAKES = { ".create(", ".createMany(", ".bulkCreate(", ".insertMany(", ".insert(", ".save(" }

-- What was said of each name; the code of the repository does not change.
local said = {}

local function model_of(call)
  local on = call:receiver()
  return on and (on.kind == "name" or on.kind == "attr") and on.text or ""
end

-- Whether the key by which a call finds its row is written down.
local function has_fixed_key(call)
  local where = call:arg("where") or call:arg(1)
  local items = where and where.kind == "dict" and where:children("item") or {}
  for _, item in items do
    local value = item.kind == "pair" and item:child("value")
    if not value or not select(2, value:literal()) then
      return false
    end
  end
  return #items > 0
end

local function is_made_once(name, repo)
  local forms = {}
  for _, verb in KEYED do
    table.insert(forms, `{name}.{verb}(`)
  end
  local fixed = false
  for _, path in repo:holding("*.{ts,js,mjs,cjs,tsx}", forms) do
    local file = repo:open(path)
    for _, call in file and file.class == "source" and file.root and file.root:descendants("call", KEYED) or {} do
      if model_of(call) == name then
        if not has_fixed_key(call) then
          return false
        end
        fixed = true
      end
    end
  end
  if not fixed then
    return false
  end
  local makes = {}
  for _, verb in MAKES do
    table.insert(makes, name .. verb)
  end
  for _, path in repo:holding("*.{ts,js,mjs,cjs,tsx}", makes) do
    local file = repo:open(path)
    if file and file.class == "source" then
      return false
    end
  end
  return true
end

-- Whether the table that code in JavaScript calls by this name holds one row.
function M.named(name, repo)
  if said[name] == nil then
    said[name] = is_made_once(name, repo)
  end
  return said[name]
end

return M
