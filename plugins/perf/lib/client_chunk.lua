-- Which modules of a front end are in what its first page downloads, and which in a chunk that is asked for when it is needed: by the
-- modules that import them, up to the one that starts the application.

local bundler_config = require("bundler_config")
local client_package = require("client_package")
local paths = require("paths")
local service = require("service")

local M = {}

local MODULES = "**/*.{ts,tsx,js,jsx,mjs,vue,svelte}"

-- Pages that a framework puts into a chunk each, and what does so; elsewhere such a folder is one like any other.
local PAGES = { "^pages/", "/pages/", "/app/.*page%.%l+$", "^app/.*page%.%l+$", "/routes/", "%+page" }
local BY_FILE = {
  "next", "nuxt", "nuxt3", "gatsby", "astro", "umi", "@umijs/max", "@sveltejs/kit", "@remix-run/react", "@react-router/dev", "@tanstack/react-start", "@tanstack/start", "@tanstack/router-plugin",
  "vite-plugin-pages", "vite-plugin-ssr", "vike", "unplugin-vue-router", "@generouted/react-router", "@solidjs/start", "@analogjs/platform", "ice", "@builder.io/qwik-city", "quasar", "@redwoodjs/web",
}
-- What only the module that starts an application calls.
local STARTING = { "createRoot(", "hydrateRoot(", "ReactDOM.render(", "ReactDOM.hydrate(", "createApp(", "new Vue(", "bootstrapApplication(", "bootstrapModule(", "createSSRApp(", "mount(App" }

-- How many modules up an import is followed, and how many importers of one are looked at.
local DEEPEST, MOST = 6, 8

local function stem_of(path)
  return (path:gsub("%.%w+$", ""))
end

-- Whether a module's name, as `other` writes it, means the file at `path`; behind an alias the rest of the path must fit.
local function means(other, name, path)
  local stem = stem_of(path)
  local folder = stem:match("^(.*)/index$")
  local asked = name:gsub("%.[jt]sx?$", ""):gsub("%.vue$", ""):gsub("%.svelte$", "")
  if asked:sub(1, 1) == "." then
    local full = paths.join(paths.directory(other), asked)
    return full == stem or full == folder
  end
  -- `components/login` below the sources, where the bundler resolves names from there.
  local bare = asked:find("^%l[%w_-]*/") and "/src/" .. asked:gsub("^src/", "")
  if bare and (stem:sub(-#bare) == bare or folder and folder:sub(-#bare) == bare) then
    return true
  end
  local rest = asked:match("^[@~#][^/]*/(.+)$")
  local function fits(whole)
    return whole ~= nil and (whole == rest or whole:sub(-#rest - 1) == "/" .. rest)
  end
  return rest ~= nil and (fits(stem) or fits(folder))
end

-- How `other` imports the file at `path`, whose last name is `asked`: "static", "deferred" or nil.
local function way(other, path, asked)
  local text, how = other.text, nil
  local at = text:find("/" .. asked, 1, true)
  while at do
    local first = at
    while first > 1 and at - first < 300 and not text:sub(first - 1, first - 1):find("[\"'`\n]") do
      first -= 1
    end
    local name = text:sub(first, at + 300):match("^[^\"'`\n]*")
    if means(other.path, name, path) then
      local before = text:sub(math.max(1, first - 40), first - 2):match("[^\n]*$")
      if before:find("from%s*$") or before:find("import%s*$") or before:find("require%s*%(%s*$") then
        local line = text:sub(math.max(1, first - 300), first):match("[^\n]*$")
        if not line:find("import%s+type%s") then
          return "static"
        end
      else
        how = "deferred"
      end
    end
    at = text:find("/" .. asked, at + 1, true)
  end
  return how
end

-- The files of the same package that import the file at `path` when they are loaded; and how many defer it.
local function importers(repo, path)
  local all, deferring = {}, 0
  local stem = paths.basename(stem_of(path))
  local asked = stem == "index" and paths.basename(paths.directory(path)) or stem
  local package = service.root(repo, path)
  for _, other_path in repo:holding(MODULES, { `/{asked}"`, `/{asked}'`, `/{asked}.` }) do
    local is_near = other_path ~= path and #all < MOST and paths.is_within(other_path, package)
    local other = is_near and repo:open(other_path)
    local how = other and other.class == "source" and way(other, path, asked)
    if how == "static" then
      table.insert(all, other)
    elseif how == "deferred" then
      deferring += 1
    end
  end
  return all, deferring
end

-- Whether what a file brings is in a chunk of its own: others import it, and all of them when it is needed.
function M.is_deferred(repo, path)
  local all, deferring = importers(repo, path)
  return #all == 0 and deferring > 0
end

local function starts(repo, file)
  for _, call in STARTING do
    if file.text:find(call, 1, true) then
      return true
    end
  end
  return file.path:find("pages/_app%.%l+$") ~= nil or file.path:find("/root%.[jt]sx$") ~= nil or bundler_config.begins_with(repo, file.path)
end

-- Whether the application starts at a file, or another one imports it: what nobody loads nobody downloads.
function M.is_loaded(repo, file)
  if starts(repo, file) then
    return true
  end
  local all, deferring = importers(repo, file.path)
  return #all > 0 or deferring > 0
end

-- Whether a framework makes a chunk of a file, because it is a page.
local function is_page(repo, file)
  for _, form in PAGES do
    if file.path:find(form) then
      local dependencies, manifest = client_package.dependencies(repo, file.path)
      for _, name in BY_FILE do
        if dependencies[name] then
          return true
        end
      end
      return manifest == nil
    end
  end
  return false
end

local function reaches_start(repo, file, seen, depth)
  if starts(repo, file) then
    return true
  end
  seen[file.path] = true
  if depth < DEEPEST and not is_page(repo, file) then
    for _, other in importers(repo, file.path) do
      if not seen[other.path] and other.side ~= "server" and reaches_start(repo, other, seen, depth + 1) then
        return true
      end
    end
  end
  return false
end

-- Whether imports that are not deferred lead from where the application starts to a file.
function M.is_first(repo, file)
  return reaches_start(repo, file, {}, 0)
end

-- What starts an application in a page; a service has a `createApp` as well.
local IN_PAGE = { "createRoot(", "hydrateRoot(", "ReactDOM.render(", "ReactDOM.hydrate(", "new Vue(", "bootstrapApplication(", "bootstrapModule(" }

local function starts_page(file)
  for _, call in IN_PAGE do
    if file.text:find(call, 1, true) then
      return true
    end
  end
  return file.text:find("createApp(", 1, true) ~= nil and file.text:find("from%s*[\"']vue[\"']") ~= nil
end

local function reaches_page(repo, file, seen, depth)
  if starts_page(file) then
    return true
  end
  seen[file.path] = true
  for _, other in depth < DEEPEST and importers(repo, file.path) or {} do
    if not seen[other.path] and reaches_page(repo, other, seen, depth + 1) then
      return true
    end
  end
  return false
end

-- Whether imports that are not deferred lead from a module that starts an application in a page to a file, whatever the file says of itself.
function M.is_in_page(repo, file)
  return reaches_page(repo, file, {}, 0)
end

-- What only a page has.
local OF_PAGES = { "document.querySelector", "document.getElementById", "document.createElement(", "window.addEventListener(" }

local function is_of_page(file)
  if file.side ~= "unknown" then
    return file.side == "browser"
  end
  for _, call in OF_PAGES do
    if file.text:find(call, 1, true) then
      return true
    end
  end
  return false
end

-- Whether a file runs in browsers: by what is known of it, by what it calls, or because such a file imports it.
function M.is_for_browsers(repo, file)
  if file.side ~= "unknown" or not file.root or is_of_page(file) then
    return file.side ~= "server"
  end
  for _, other in importers(repo, file.path) do
    if is_of_page(other) then
      return true
    end
  end
  return false
end

return M
