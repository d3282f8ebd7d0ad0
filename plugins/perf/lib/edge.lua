-- What stands between a service and its visitors and keeps files near them: a content delivery network, a platform that has one, or a proxy
-- that hands out files with a time.

local service = require("service")

local M = {}

-- Words that only settings of such a thing have, by the files that they stand in.
local SIGNS = {
  { glob = "**/*.tf", texts = { "aws_cloudfront_distribution", "google_compute_backend_bucket", "enable_cdn", "azurerm_cdn_", "azurerm_frontdoor", "cloudflare_", "fastly_service" } },
  { glob = "**/*.{yml,yaml,json}", texts = { "AWS::CloudFront::Distribution", "azureCdn" } },
  -- Of what a BackendConfig may say of a load balancer, only this keeps anything.
  { glob = "**/*.{yml,yaml,json}", texts = { "BackendConfig" }, says = "[cC][dD][nN]:%s*enabled:%s*[tT]rue" },
  { glob = "**/*.{ts,js,py}", texts = { "aws-cdk-lib/aws-cloudfront", "aws_cdk.aws_cloudfront", "aws_cloudfront as", "@aws-cdk/aws-cloudfront", "whitenoise" } },
}
local FILES = { "vercel.json", "netlify.toml", "wrangler.toml", "fastly.toml", "_headers" }
-- What proxies say.
local PROXIES = { "nginx*", "*.conf", "*.conf.template", "Caddyfile*" }

local NOT_DEPLOYED = { test = true, vendored = true, example = true, generated = true }

-- Where it is said that something keeps the files of the service whose directory is `root`: the path and what does; nil where nothing in the
-- repository says so. A proxy counts that lies with the service; a platform does not
-- that runs something else than the server in the file `path`.
function M.of(repo, root, path)
  for _, name in not (path and service.is_server_beside_platform(repo, path)) and FILES or {} do
    for _, found in repo:paths("**/" .. name) do
      if service.is_within(found, root) or service.is_of_root(repo, found) then
        return found, "the platform"
      end
    end
  end
  local hosting = repo:paths("**/firebase.json")[1]
  local file = hosting and repo:open(hosting)
  if file and file.text:find('"hosting"', 1, true) then
    return hosting, "Firebase Hosting"
  end
  for _, sign in SIGNS do
    for _, path in repo:holding(sign.glob, sign.texts) do
      local found = repo:open(path)
      if found and not NOT_DEPLOYED[found.class] and (not sign.says or found.text:find(sign.says)) then
        return path, "a content delivery network"
      end
    end
  end
  for _, glob in PROXIES do
    for _, path in repo:holding("**/" .. glob, { "expires ", "max-age", "immutable", "Cache-Control" }) do
      local found = service.is_within(path, root) and repo:open(path)
      if found and not NOT_DEPLOYED[found.class] and (service.has_line(found.text, "expires ", { "^%s*expires%s+[%dm]" }) or service.has_line(found.text, "max-age", { "[cC]ache" }) or service.has_line(found.text, "immutable")) then
        return path, "a proxy"
      end
    end
  end
  return nil
end

return M
