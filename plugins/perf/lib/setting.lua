-- What a deploy file says of one setting: "given" with a value, "absent" (the platform's default holds), or "hidden" behind what nobody can see here.

local M = {}

M.ABSENT = { state = "absent" }
M.HIDDEN = { state = "hidden" }

-- `at` is where it is written, `span` the bytes of its value where they may be replaced.
function M.given(value, at, span)
  return { state = "given", value = value, at = at, span = span }
end

-- The setting that stands at a path of a document.
function M.at(doc, path)
  local node, how = doc:get(path)
  return M.of(node, how)
end

-- The setting that a node of a document is, as `get` answers.
function M.of(node, how)
  if how == "hidden" then
    return M.HIDDEN
  elseif how == "absent" or not node or node.kind == "null" then
    return M.ABSENT
  elseif node.kind == "unknown" then
    return { state = "hidden", at = node }
  elseif node.kind ~= "scalar" then
    return M.given(nil, node)
  end
  return M.given(node.value, node, node.span)
end

-- The first of several settings that is given; hidden when one of them is; else absent.
function M.first(...)
  local hidden = nil
  for _, setting in { ... } do
    if setting.state == "given" then
      return setting
    end
    hidden = hidden or (setting.state == "hidden" and setting or nil)
  end
  return hidden or M.ABSENT
end

-- Whether a setting is known to hold no number above zero.
function M.is_zero(setting)
  return setting.state == "absent" or setting.state == "given" and tonumber(setting.value) == 0
end

local UNITS = { K = 1000, M = 1e6, G = 1e9, Ki = 1024, Mi = 1024 ^ 2, Gi = 1024 ^ 3, k = 1000, m = 1e6, g = 1e9 }
local MEBI = 1024 ^ 2

-- Memory as MiB: `512Mi`, `1G`, `512MB`; a plain number counts in `unit` ("bytes" unless said). Nil for what is no amount.
function M.mebibytes(value, unit)
  if type(value) == "number" then
    return if unit == "MiB" then value else value / MEBI
  elseif type(value) ~= "string" then
    return nil
  end
  local number, suffix = value:match("^%s*([%d.]+)%s*(%a*)%s*$")
  number = tonumber(number)
  if not number then
    return nil
  elseif suffix == "" then
    return if unit == "MiB" then number else number / MEBI
  end
  local factor = UNITS[suffix] or UNITS[suffix:gsub("[bB]$", "")]
  return factor and number * factor / MEBI
end

-- Processors: `1000m`, `2`, "0.5".
function M.cores(value)
  if type(value) == "number" then
    return value
  end
  local milli = type(value) == "string" and value:match("^(%d+)m$")
  return if milli then tonumber(milli) / 1000 else tonumber(value)
end

return M
