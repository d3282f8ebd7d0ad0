-- The change of CDK code that keeps an instance of a function ready: an alias of it, which its caller asks from then on. The function
-- itself cannot be kept ready, only a version of it.

local layout = require("layout")

local M = {}

-- Constructs of the first CDK have no aliases of their own.
local OLD = table.freeze({ "@aws-cdk/aws-lambda.**", "@aws-cdk/aws-lambda-nodejs.**" })

-- The statement that gives the function a name of its own in its block, and that name.
local function named(call)
  local statement = call:statement()
  local assign = call:parent()
  local target = assign and assign.kind == "assign" and assign:child("target")
  if not statement or not target or target.kind ~= "name" then
    return nil
  end
  return statement, target.text
end

function M.edits(service)
  local call, caller = service.call, service.caller
  local statement, name = named(call)
  if not statement or not caller or caller.file.path ~= call.file.path or call:is(OLD) then
    return nil
  end
  local file = call.file
  local is_python = file.language == "python"
  local alias = if is_python then `{name}_live` else `{name}Live`
  if file.text:find(alias, 1, true) then
    return nil
  end
  local edits = {}
  for _, use in caller:descendants("name") do
    if use.text == name and use:value() and use:value():same(call) then
      table.insert(edits, { at = use, text = alias })
    end
  end
  if #edits == 0 then
    return nil
  end
  local indent = layout.indent(file, statement.line)
  local made = if is_python
    then `{alias} = {name}.add_alias("live", provisioned_concurrent_executions=1)`
    else `const {alias} = {name}.addAlias("live", \{ provisionedConcurrentExecutions: 1 \});`
  table.insert(edits, { after = file:line_span(statement.last_line), text = `\n{indent}{made}` })
  return edits
end

return M
