-- Calls that show a template of Jinja under Flask with values by name, also by a function of the project that only hands both on:
-- `def show(template, **values): return render_template(template, theme=theme(), **values)`.

local declared = require("declared")
local parameter = require("parameter")

local M = {}

-- Of each the place of the template's name among the arguments.
local FLASK = { { "flask.{render_template,stream_template}", 1 }, { "flask.templating.render_template", 1 }, { "quart.render_template", 1 }, { "flask_themes{,2}.render_theme_template", 2 } }

-- So many functions of a repository are taken for such as hand on.
local MOST = 8

-- Whether a call hands on all named values of the function around it, and which of that function's parameters is the template.
local function handed_on(call, at)
  local func, template = call:func(), call:arg(at)
  local position = template and template.kind == "name" and template:param_position()
  if not func or not position or not func.name:find("^%a") then
    return nil
  end
  local values = nil
  for _, param in func.params do
    values = param.source:match("^%*%*([%w_]+)") or values
  end
  for _, argument in values and call:children("arg") or {} do
    local inner = argument.kind == "spread" and argument:child("value")
    if inner and inner.kind == "name" and inner.text == values then
      return func, position - parameter.leading(func)
    end
  end
  return nil
end

-- The calls of a function of the project.
local function calls_of(func, repo)
  local all = {}
  for _, path in repo:holding("**/*.py", func.name .. "(") do
    local file = repo:open(path)
    for _, call in file and file.root and file.class == "source" and file.root:descendants("call", func.name) or {} do
      local callees = call:callees()
      if #callees == 1 and declared.key(callees[1].node) == declared.key(func.node) then
        table.insert(all, call)
      end
    end
  end
  return all
end

-- Calls `see(call, at)` for each, `at` being where the name of the template stands.
function M.each(repo, see)
  local count = 0
  for _, one in FLASK do
    for _, call in repo:calls(one[1]) do
      local func, position = handed_on(call, one[2])
      if func and count < MOST then
        count += 1
        for _, other in calls_of(func, repo) do
          see(other, position)
        end
      else
        see(call, one[2])
      end
    end
  end
end

return M
