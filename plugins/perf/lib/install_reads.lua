-- What an install reads beside manifests and locks: settings of the package manager, and files of the project that packages read when they are installed.

local paths = require("paths")
local words = require("words")

local M = {}

-- Packages of Node.js whose install reads the project, and what it reads there.
local READERS = {
  ["@prisma/client"] = "prisma schema.prisma prisma.config.ts prisma.config.js",
  ["prisma"] = "prisma schema.prisma prisma.config.ts prisma.config.js",
  ["puppeteer"] = ".puppeteerrc .puppeteerrc.js .puppeteerrc.cjs .puppeteerrc.mjs .puppeteerrc.json .puppeteerrc.yaml .puppeteerrc.yml .puppeteerrc.ts puppeteer.config.js puppeteer.config.cjs puppeteer.config.mjs puppeteer.config.ts",
  ["cypress"] = "",
}

-- Whether a manifest or one of the locks beside it names a package.
local function names(install, manifest, repo, package)
  for _, path in words.list(`{paths.basename(manifest)} {install.fact.lock or ""}`) do
    local text = repo:text(paths.join(paths.directory(manifest), path)) or ""
    if text:find(`"{package}"`, 1, true) or text:find(`node_modules/{package}"`, 1, true) or text:find(`{package}@`, 1, true) then
      return true
    end
  end
  return false
end

-- Files and directories that the install reads, as far as they are there; second, whether it may read more, or reads settings that may point elsewhere.
function M.of(install, manifest, repo)
  local base, found, is_doubtful = paths.directory(manifest), {}, false
  local function add(name)
    local path = paths.join(base, name)
    if repo:at(path) and not table.find(found, path) then
      table.insert(found, path)
      return true
    end
    return false
  end
  if install.fact.ecosystem == "node" then
    for package, read in READERS do
      if names(install, manifest, repo, package) then
        is_doubtful = true
        for _, name in words.list(read) do
          add(name)
        end
      end
    end
    if install.command.name == "bun" and add("bunfig.toml") then
      is_doubtful = true
    end
  elseif install.fact.ecosystem == "python" and install.command.name == "uv" then
    is_doubtful = add("uv.toml")
    local project = repo:text(paths.join(base, "pyproject.toml"))
    if project and project:find("%[tool%.uv[%].]") and add("pyproject.toml") then
      is_doubtful = true
    end
  end
  table.sort(found)
  return found, is_doubtful
end

return M
