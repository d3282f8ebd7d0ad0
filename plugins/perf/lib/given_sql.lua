-- What the statement does that a call is handed as text: "read", "write", "setting" (`SET search_path ...`, which neither asks nor changes anything
-- but the connection), or nil where no statement is to be seen.

local M = {}

-- Arguments that are looked at: `query(sql, values)`, `run(name, sql)`.
local FIRST = 2

local WRITES = { "%f[%w]insert%s+into%f[%W]", "%f[%w]update%s+[%w_%.\"`{}]+%s.-%f[%w]set%f[%W]", "%f[%w]delete%s+from%f[%W]", "%f[%w]merge%s+into%f[%W]", "%f[%w]truncate%s", "%f[%w]replace%s+into%f[%W]" }

local function text_of(arg)
  if arg.kind == "name" then
    arg = arg:value() or arg
  end
  local text, known = arg:literal()
  if not known or type(text) ~= "string" then
    text = arg:joined()
  end
  return type(text) == "string" and text or nil
end

local function sort_of(text)
  local said = text:lower():gsub("%-%-[^\n]*", " ")
  for _, pattern in WRITES do
    if said:find(pattern) then
      return "write"
    end
  end
  -- What is filled in may be a part that the statement begins with: `${common} select ...`.
  local first = said:gsub("^[%s%(,{}]+", ""):match("^%a+")
  if first == "set" and said:find("^%s*set%s+[%w_%.]+%s+to%s") or first == "set" and said:find("^%s*set%s+[%w_%.]+%s*=") then
    return "setting"
  end
  if said:find("%f[%w]select%s.+%sfrom%s") and (first == "select" or first == "with" or said:find("^%s*{}")) then
    return "read"
  end
  return nil
end

function M.sort(call)
  for at = 1, FIRST do
    local arg = call:arg(at)
    local text = arg and text_of(arg)
    local sort = text and sort_of(text)
    if sort then
      return sort
    end
  end
  return nil
end

return M
