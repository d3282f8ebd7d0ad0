-- Which files belong to one service, and what stands in front of it.

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

function service.is_within(path, above)
  return above == "" or path == above or path:sub(1, #above + 1) == above .. "/"
end

-- Whether a path's words say that it serves a developer and nobody else.
function service.is_for_development(path)
  for word in path:lower():gmatch("%a+") do
    if word == "local" or word == "dev" or word == "debug" or word == "mock" or word == "mocks" or word == "stub" or word == "fake" or word == "example" or word == "examples" or word == "demo" or word == "playground" or word == "simulator" or word == "storybook" then
      return true
    end
  end
  return false
end

-- Words that only settings of compression hold, by the files in which they mean that. `json`: the file must also name JSON.
local PROXIES = {
  { files = "**/{*nginx*,*.conf*,*.template,*.tpl,*.tmpl,*.j2,*.tftpl}", word = "gzip", lines = { "^%s*gzip%s+on", "^%s*brotli%s+on" }, json = true, name = "nginx" },
  { files = "**/*[Cc]addy*", word = "encode", lines = { "^%s*encode%s+[%w{]", "^%s*encode%s*$" }, name = "Caddy" },
  { files = "**/*[Cc]addy*/**", word = "encode", lines = { "^%s*encode%s+[%w{]", "^%s*encode%s*$" }, name = "Caddy" },
  { files = "**/*.{yml,yaml,tpl,tf,json}", word = "ingress.kubernetes.io/", lines = { "ingress%.kubernetes%.io/compression%-[%w-]+[\"']?%s*[:=]", "ingress%.kubernetes%.io/use%-gzip[\"']?%s*[:=]%s*[\"']?true", "ingress%.kubernetes%.io/enable%-brotli[\"']?%s*[:=]%s*[\"']?true" }, name = "an ingress" },
  { files = "**/*.{yml,yaml,tpl}", word = "gzip", lines = { "^%s*use%-gzip:%s*[\"']?true", "^%s*gzip%s+on", "^%s*gzip:%s*true" }, name = "an ingress" },
  { files = "**/*.{yml,yaml,toml}", word = "compress", lines = { "middlewares%.[%w_-]+%.compress%s*=%s*true", "^%s*compress:%s*{}", "^%s*compress:%s*true%s*$", "^%s*%[http%.middlewares%.[%w_-]+%.compress%]" }, name = "Traefik" },
  { files = "**/*.{yml,yaml,json,tf,ts,js,py}", word = "ompress", lines = { "^%s*[\"']?Compress[\"']?:%s*[\"']?true", "^%s*compress%s*=%s*true" }, needs = "[Cc]loud[Ff]ront", name = "CloudFront" },
  { files = "**/*.{yml,yaml,json,tf,ts,js,py}", word = "inimum", lines = { "MinimumCompressionSize[\"']?%s*:", "minimum_compression_size%s*=", "minimumCompressionSize[\"']?%s*:", "minCompressionSize[\"']?%s*:", "minimum_compression_size%s*:" }, name = "API Gateway" },
  { files = "**/*.{ts,js,py}", word = "CompressionSize", lines = { "minCompressionSize%s*:", "min_compression_size%s*=", "minimumCompressionSize%s*:" }, name = "API Gateway" },
  { files = "**/{*.conf*,.htaccess}", word = "DEFLATE", lines = { "^%s*AddOutputFilterByType%s+[%w_;]*DEFLATE", "^%s*SetOutputFilter%s+DEFLATE" }, name = "Apache" },
  { files = "**/*.{cfg,conf}*", word = "compression algo", lines = { "^%s*compression%s+algo" }, name = "HAProxy" },
  { files = "**/*.{yml,yaml,json}", word = "envoy.filters.http.compressor", lines = { "envoy%.filters%.http%.compressor" }, name = "Envoy" },
  { files = "**/*.{ini,toml}", word = "http-auto-gzip", lines = { "^%s*http%-auto%-gzip" }, name = "uWSGI" },
  { files = "**/{vercel.json,netlify.toml}", word = "", lines = { "." }, name = "the platform" },
}

-- The proxies and gateways of the repository that compress: a list of {path, name}.
function service.compressing_proxies(repo)
  local found = {}
  for _, proxy in PROXIES do
    for _, path in repo:holding(proxy.files, proxy.word) do
      local file = repo:open(path)
      if file and file.class ~= "test" and file.class ~= "vendored" and file.class ~= "example" and file.class ~= "generated" then
        local text = file.text
        local fits = false
        for line in text:gmatch("[^\r\n]+") do
          for _, pattern in proxy.lines do
            fits = fits or line:match(pattern) ~= nil
          end
        end
        if fits and proxy.needs and not text:match(proxy.needs) then
          fits = false
        end
        if fits and proxy.json then
          -- Without a list of types only HTML is compressed.
          local types = text:match("gzip_types([^;]*)") or text:match("brotli_types([^;]*)")
          fits = types ~= nil and (types:find("json", 1, true) ~= nil or types:find("*", 1, true) ~= nil or types:find("$", 1, true) ~= nil)
        end
        if fits then
          table.insert(found, { path = path, name = proxy.name })
        end
      end
    end
  end
  return found
end

return service
