-- Statements of SQL that stand in `.sql` files under a name and are called by it (aiosql, anosql, PugSQL):
--   -- name: get-orders          gives rows
--   -- name: get-order^          gives one row; `$` one value, `!` and `<!` change rows, `#` runs a script

local M = {}

-- Dumps are data.
local LARGEST = 512 * 1024

-- What the end of a name says: PugSQL writes it behind, `:many`, `:one`.
local function gives_rows(sign, behind)
  if behind:find("^:") then
    return behind:find("^:many") ~= nil or behind:find("^:n%f[%W]") ~= nil
  end
  return sign == ""
end

local function read_file(path, text, all)
  local at = 1
  while true do
    local first, last, name, sign, behind = text:find("%-%-%s*:?name%s*:?%s+([%a_][%w_%-]*)([%^%$!<%*#]*)[ \t]*(:?%w*)[^\n]*\n", at)
    if not first then
      return
    end
    local stop = text:find("\n%s*%-%-%s*:?name%s*:?%s", last) or #text
    all[name:gsub("%-", "_")] = { path = path, first = last + 1, text = text:sub(last + 1, stop), gives_rows = gives_rows(sign, behind) }
    at = last + 1
  end
end

local known = nil

-- Reads the statements of a repository, once.
function M.of(repo)
  if not known then
    known = {}
    for _, path in repo:holding("**/*.sql", { "-- name", "--name", "-- :name" }) do
      local text = repo:text(path)
      if text and #text < LARGEST then
        read_file(path, text, known)
      end
    end
  end
  return known
end

-- The SELECT whose rows a call gives, nil where it gives none or is not seen: only after `of`, since a call alone knows no repository.
function M.rows_of(call)
  local found = known and call:fact("named") == "true" and known[call.name]
  return found and found.gives_rows and found.text or nil
end

return M
