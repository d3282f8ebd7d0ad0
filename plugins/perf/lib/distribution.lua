-- What a content delivery network passes on, as the file that declares it shows it.

local M = {}

-- How CloudFormation, Terraform and the modules on top of it name an origin that is a bucket, and one that is a server.
local BUCKETS = { "S3OriginConfig", "s3_origin_config", "bucket_regional_domain_name", "bucket_domain_name", "RegionalDomainName" }
local SERVERS = { "CustomOriginConfig", "custom_origin_config", "VpcOriginConfig", "vpc_origin_config" }

local function names_one(text, names)
  for _, name in names do
    if text:find(name, 1, true) then
      return true
    end
  end
  return false
end

-- Whether a distribution has buckets for its origins and no server: what the service answers does not pass it then.
function M.hands_out_files_only(text)
  local lines = {}
  for line in text:gmatch("[^\r\n]+") do
    if not line:find("^%s*#") and not line:find("^%s*//") then
      table.insert(lines, line)
    end
  end
  local said = table.concat(lines, "\n")
  return names_one(said, BUCKETS) and not names_one(said, SERVERS)
end

return M
