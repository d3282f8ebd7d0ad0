-- Which files belong to one service, and what stands in front of it.

local distribution = require("distribution")
local edge_records = require("edge_records")

local service = {}

local MANIFESTS = { "package.json", "pyproject.toml", "requirements.txt", "setup.py", "go.mod", "Pipfile", "manage.py" }

local function directory(path)
  return path:match("^(.*)/[^/]*$") or ""
end
service.directory = directory

-- The directory of the nearest manifest above a file; the root when there is none.
function service.root(repo, path)
  local at = directory(path)
  while at ~= "" do
    for _, name in MANIFESTS do
      if repo:at(at .. "/" .. name) == "file" then
        return at
      end
    end
    at = directory(at)
  end
  return ""
end

-- Whether a file speaks of the repository as a whole: it lies with no service of its own beside one at the root.
function service.is_of_root(repo, path)
  if service.root(repo, path) == "" then
    return true
  end
  for _, name in MANIFESTS do
    if repo:at(name) == "file" then
      return false
    end
  end
  return true
end

function service.is_within(path, above)
  return above == "" or path == above or path:sub(1, #above + 1) == above .. "/"
end

-- Whether a path's words say that it serves a developer and nobody else.
function service.is_for_development(path)
  for word in path:lower():gmatch("%a+") do
    if word == "local" or word == "dev" or word == "test" or word == "debug" or word == "mock" or word == "mocks" or word == "stub" or word == "fake" or word == "example" or word == "examples" or word == "demo" or word == "playground" or word == "simulator" or word == "storybook" then
      return true
    end
  end
  return false
end

-- Whether a file of settings is, by its name, the one that checks of the code run with: `settings/ci.py`, `settings_testing.py`.
function service.is_for_checks(path)
  for word in (path:lower():match("([^/]+)$") or ""):gmatch("%a+") do
    if word == "ci" or word == "circleci" or word == "travis" or word == "github" or word == "testing" or word == "tests" or word == "unittest" or word == "pytest" then
      return true
    end
  end
  return false
end

-- Lines that only settings of compression have, by the files that mean that with them. `matcher`: the evidence matcher that finds the files; `paths`: forms
-- of the path; `words`: only lines that hold one of them are read. `types`: the settings must also list the types, since HTML alone is
-- compressed without. `beside`: what the file must name, or one of several. `is_distribution`: it compresses what its origins answer, which may be files alone; `are_records`: records that lead through
-- a network which compresses.
local SERVERS = {
  matcher = "server",
  { paths = { "nginx", "%.conf", "%.template$", "%.tpl$", "%.tmpl$", "%.j2$", "%.tftpl$" }, words = { "gzip", "brotli" }, lines = { "^%s*gzip%s+on", "^%s*brotli%s+on" }, types = true, name = "nginx" },
  { paths = { "[Cc]addy" }, words = { "encode" }, lines = { "^%s*encode%s+[%w{]", "^%s*encode%s*$" }, name = "Caddy" },
  { paths = { "%.conf", "%.htaccess$" }, words = { "DEFLATE" }, lines = { "^%s*AddOutputFilterByType%s+[%w_;]*DEFLATE", "^%s*SetOutputFilter%s+DEFLATE" }, name = "Apache" },
  { paths = { "%.cfg", "%.conf" }, words = { "compression algo" }, lines = { "^%s*compression%s+algo" }, name = "HAProxy" },
  { paths = { "%.ini$" }, words = { "http-auto-gzip" }, lines = { "^%s*http%-auto%-gzip" }, name = "uWSGI" },
}

local DEPLOYMENTS = {
  matcher = "deployment",
  {
    paths = { "%.ya?ml$", "%.tpl$", "%.tf$", "%.json$" },
    words = { "ingress.kubernetes.io/compression-", "ingress.kubernetes.io/use-gzip", "ingress.kubernetes.io/enable-brotli" },
    lines = { "ingress%.kubernetes%.io/compression%-[%w-]+[\"']?%s*[:=]", "ingress%.kubernetes%.io/use%-gzip[\"']?%s*[:=]%s*[\"']?true", "ingress%.kubernetes%.io/enable%-brotli[\"']?%s*[:=]%s*[\"']?true" },
    name = "an ingress",
  },
  { paths = { "%.ya?ml$", "%.tpl$" }, words = { "use-gzip:", "gzip on", "gzip: true" }, lines = { "^%s*use%-gzip:%s*[\"']?true", "^%s*gzip%s+on", "^%s*gzip:%s*true" }, name = "an ingress" },
  {
    paths = { "%.ya?ml$", "%.toml$" },
    words = { ".compress=true", ".compress = true", "compress: {}", "compress: true", ".compress]" },
    lines = { "middlewares%.[%w_-]+%.compress%s*=%s*true", "^%s*compress:%s*{}", "^%s*compress:%s*true%s*$", "^%s*%[http%.middlewares%.[%w_-]+%.compress%]" },
    name = "Traefik",
  },
  { paths = { "" }, words = { "Compress: true", "Compress: 'true", "Compress: \"true", "Compress\": true" }, lines = { "^%s*[\"']?Compress[\"']?:%s*[\"']?true" }, beside = "[Cc]loud[Ff]ront", is_distribution = true, name = "CloudFront" },
  { paths = { "%.tf$" }, words = { "compress" }, lines = { "^%s*compress%s*=%s*true" }, beside = "cloudfront", is_distribution = true, name = "CloudFront" },
  {
    -- A behaviour of the CDK compresses unless it says otherwise, where its policy tells encodings apart and what stands behind is no bucket.
    paths = { "%.py$", "%.ts$", "%.js$" },
    words = { "enable_accept_encoding_", "enableAcceptEncoding" },
    lines = { "enable_accept_encoding_[gb]%l+%s*=%s*True", "enableAcceptEncoding[GB]%l+%s*:%s*true" },
    beside = { "LoadBalancer[%w]*Origin", "HttpOrigin", "RestApiOrigin", "FunctionUrlOrigin" },
    name = "CloudFront",
  },
  {
    paths = { "" },
    words = { "inimumCompressionSize", "inCompressionSize", "minimum_compression_size", "min_compression_size" },
    lines = { "inimumCompressionSize[\"']?%s*:", "inCompressionSize[\"']?%s*:", "minimum_compression_size%s*[=:]", "min_compression_size%s*[=:]" },
    name = "API Gateway",
  },
  { paths = { "%.ya?ml$" }, words = { "USE_GZIP", "USE_BROTLI" }, lines = { "USE_GZIP[\"']?%s*[:=]%s*[\"']?yes", "USE_BROTLI[\"']?%s*[:=]%s*[\"']?yes" }, beside = "[Bb]unker[Ww]eb", name = "BunkerWeb" },
  { paths = { "%.tf$" }, words = { "proxied" }, lines = { "^%s*proxied%s*=%s*true" }, beside = "cloudflare_", are_records = true, name = "Cloudflare" },
  { paths = { "%.ya?ml$", "%.tpl$" }, words = { "cloudflare-proxied" }, lines = { "external%-dns%.alpha%.kubernetes%.io/cloudflare%-proxied[\"']?:%s*[\"']?true" }, name = "Cloudflare" },
  { paths = { "%.ya?ml$", "%.json$" }, words = { "envoy.filters.http.compressor" }, lines = { "envoy%.filters%.http%.compressor" }, name = "Envoy" },
}

-- Platforms that compress whatever they serve, known by their settings.
local PLATFORMS = { "vercel.json", "netlify.toml" }

-- Whether a line of `text` that holds `word`, not in a comment, has one of the forms; any form does when none are given.
function service.has_line(text, word, forms)
  local at = 1
  while true do
    local found = text:find(word, at, true)
    if not found then
      return false
    end
    local first = found
    while first > 1 and found - first < 400 and text:byte(first - 1) ~= 10 do
      first -= 1
    end
    local last = (text:find("\n", found, true) or #text + 1) - 1
    local line = text:sub(first, math.min(last, first + 800)):gsub("\r$", "")
    local before = text:sub(first, found - 1)
    if not before:find("#", 1, true) and not before:find("//", 1, true) then
      for _, form in forms or { "" } do
        if line:match(form) then
          return true
        end
      end
    end
    at = last + 1
  end
end

local function lists_types(text)
  for _, name in { "gzip_types", "brotli_types" } do
    local list = text:match(name .. "([^;]*)")
    if list and (list:find("json", 1, true) or list:find("*", 1, true) or list:find("$", 1, true)) then
      return true
    end
  end
  return false
end

local NOT_DEPLOYED = { test = true, vendored = true, example = true, generated = true }

local function fits(path, forms)
  for _, form in forms do
    if path:find(form) then
      return true
    end
  end
  return false
end

-- Whether a text names one of the things that a setting must stand beside.
local function is_beside(text, beside)
  if type(beside) == "table" then
    return fits(text, beside)
  end
  return beside == nil or text:find(beside) ~= nil
end

-- The setting among `settings` that a file has, if it has one; `html_only`: HTML is all that has to be compressed.
local function setting_in(repo, path, settings, html_only)
  local file = nil
  for _, setting in ipairs(settings) do
    if fits(path, setting.paths) then
      file = file or repo:open(path)
      if not file or NOT_DEPLOYED[file.class] then
        return nil
      end
      local text = file.text
      for _, word in setting.words do
        local passes = not (setting.is_distribution and distribution.hands_out_files_only(text)) and not (setting.are_records and not edge_records.lead_to_server(file))
        if passes and service.has_line(text, word, setting.lines) and (not setting.types or html_only or lists_types(text)) and is_beside(text, setting.beside) then
          return setting
        end
      end
    end
  end
  return nil
end

-- The first proxy, gateway or platform in the repository that compresses what it passes on: {path, name}, nil when there is none.
function service.compressing_proxy(repo)
  for _, settings in { SERVERS, DEPLOYMENTS } do
    for _, path in repo:matched(settings.matcher) do
      local setting = setting_in(repo, path, settings)
      if setting then
        return { path = path, name = setting.name }
      end
    end
  end
  for _, name in PLATFORMS do
    for _, path in repo:paths("**/" .. name) do
      if service.is_of_root(repo, path) then
        return { path = path, name = "the platform", is_platform = true }
      end
    end
  end
  return nil
end

-- Whether a service below the root is deployed by files of its own: a platform that the root names serves another one.
local OWN = { "Dockerfile", "Dockerrun.aws.json", "Procfile", "app.yaml", "fly.toml" }

function service.is_deployed_apart(repo, root)
  for _, name in root ~= "" and OWN or {} do
    if repo:at(root .. "/" .. name) == "file" then
      return true
    end
  end
  return false
end

-- Directories of the root whose files a platform runs as functions.
local FUNCTIONS = { "^api/", "^netlify/", "^functions/" }

-- Whether the server in the file `path`, whose service is the root, is run by files of its own (an image, a virtual machine) beside settings of a platform that
-- run something else: those do not name its file, no function of the platform loads it, and it listens itself.
function service.is_server_beside_platform(repo, path)
  local file = service.root(repo, path) == "" and repo:open(path)
  if not file or not (file.text:find("%.listen%(") or file.text:find("%.run%(") or file.text:find("ListenAndServe", 1, true)) then
    return false
  end
  local is_run = false
  for _, name in OWN do
    local own = repo:at(name) == "file" and repo:open(name)
    -- An image that only developers start says so in its command.
    is_run = is_run or own and not own.text:find("run dev", 1, true) and not own.text:find('"dev"', 1, true)
  end
  if not is_run or file.text:find("serverless-http", 1, true) then
    return false
  end
  local stem = (path:match("([^/]+)$") or path):gsub("%.%w+$", "")
  for _, name in { "vercel.json", "netlify.toml", "wrangler.toml" } do
    local platform = repo:at(name) == "file" and repo:open(name)
    if platform and platform.text:find(`%f[%w]{stem:gsub("%p", "%%%0")}%f[^%w_-]`) then
      return false
    end
  end
  for _, way in repo:loaded_by(path) do
    for _, hop in way do
      for _, form in FUNCTIONS do
        if hop.path:find(form) then
          return false
        end
      end
    end
  end
  return true
end

-- Whether an application of Python runs in Apache as Debian and Ubuntu bring it, by its logs and variables: its `mod_deflate` is on from the start, for HTML, CSS and
-- scripts, and not for JSON.
local function is_of_apache(repo, path)
  local file = path:find("%.conf") and repo:open(path)
  return file and not NOT_DEPLOYED[file.class] and service.has_line(file.text, "WSGIScriptAlias") and (file.text:find("apache2", 1, true) or file.text:find("${APACHE_LOG_DIR}", 1, true)) ~= nil
end

-- What compresses for a service that answers with pages: nginx compresses those by `gzip on` alone, which lists no types.
function service.compresses_pages(repo)
  for _, path in repo:matched("server") do
    if setting_in(repo, path, SERVERS, true) or is_of_apache(repo, path) then
      return true
    end
  end
  return false
end

return service
