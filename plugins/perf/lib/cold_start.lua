-- The ways on which an entry point that a platform starts on demand loads a file.

local function_handlers = require("function_handlers")
local heavy_import = require("heavy_import")

local M = {}

-- Programs that deploy other code are not what starts on demand.
local DEPLOYING = table.freeze({ "aws_cdk**", "pulumi**", "cdktf**", "troposphere**" })

-- Whether a platform runs the language of a file: a site's `netlify.toml` says nothing of a server in Python beside it.
local function runs(platform, start)
  if start.language ~= "python" then
    return true
  end
  return platform ~= "netlify" and (platform ~= "vercel" or start.path:find("api/", 1, true) ~= nil)
end

-- The ways on which an entry point that starts on demand loads the file, shortest first.
function M.ways(repo, file)
  local ways = {}
  for _, way in repo:loaded_by(file.path) do
    local start = repo:open(way[1].path)
    local is_open = start ~= nil and not start:imports(DEPLOYING)
    for _, hop in way do
      if hop.import and heavy_import.is_conditional(hop.import) then
        is_open = false
      end
    end
    if is_open then
      local zero, kept = nil, false
      local targets = repo:deploy_targets(way[1].path)
      if #targets == 0 and function_handlers.is_one(repo, way[1].path) then
        -- Nothing says where it is deployed, but only such a platform calls it.
        zero = { name = "lambda", path = way[1].path, scales_to_zero = true }
      end
      for _, target in targets do
        if target.scales_to_zero and runs(target.name, start) then
          zero = zero or target
        else
          kept = true
        end
      end
      if zero then
        table.insert(ways, { hops = way, target = zero, kept = kept })
      end
    end
  end
  table.sort(ways, function(left, right)
    if left.kept ~= right.kept then
      return right.kept
    end
    if #left.hops ~= #right.hops then
      return #left.hops < #right.hops
    end
    return left.hops[1].path < right.hops[1].path
  end)
  return ways
end

return M
