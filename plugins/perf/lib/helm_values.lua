-- What `.Values.x.y` of a Helm template comes to by the values that its chart ships with.

local paths = require("paths")

local M = {}

-- The directory of the chart that a template belongs to; nil for what is no template of one.
local function chart_of(repo, path)
  local directory = path:match("^(.*)/templates/.*$") or path:match("^(templates)/") and ""
  if directory and repo:at(if directory == "" then "Chart.yaml" else directory .. "/Chart.yaml") == "file" then
    return directory
  end
  return nil
end

-- The node that the action in `text` prints by the chart's own values, and how it is known: nil and "hidden" for what is not told there.
function M.resolve(repo, path, text)
  local chart = chart_of(repo, path)
  local inside = text:match("^%s*{{%-?%s*(.-)%s*%-?}}%s*$") or ""
  inside = inside:gsub("|%s*n?indent%s+%d+", ""):gsub("|%s*toYaml", ""):gsub("^toYaml%s+", ""):gsub("^%((.*)%)%s*$", "%1")
  -- A function such as `default` may print something else.
  local name = inside:match("^%s*%.Values%.([%w_.-]+)%s*$")
  if not chart or not name then
    return nil, "hidden"
  end
  local file = repo:open(if chart == "" then "values.yaml" else paths.join(chart, "values.yaml"))
  local top = file and file.documents and file.documents[1]
  if not top or file.is_partial then
    return nil, "hidden"
  end
  return top:get(name)
end

return M
