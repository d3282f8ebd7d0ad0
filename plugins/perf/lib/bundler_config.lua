-- What the configuration of a bundler says: which packages it leaves out because the page has them already, and what the bundles begin with.

local paths = require("paths")
local service = require("service")

local M = {}

local CONFIGS = "**/{webpack*,vite.config,rollup.config,rsbuild.config,rspack.config,craco.config,vue.config}.{js,cjs,mjs,ts}"
local WEBPACK = "**/webpack*.{js,cjs,mjs,ts}"
-- Keys under which such packages stand, in webpack and in Rollup.
local LEFT_OUT = { "externals", "external" }

-- What a key of the configuration is given, wherever in the file that is: as a member of an object, or assigned to one.
local function values_of(file, key)
  local all = {}
  for _, object in file.root and file.root:descendants("dict") or {} do
    local value = object:entry(key)
    table.insert(all, value or nil)
  end
  for _, assign in file.root and file.root:descendants("assign") or {} do
    local target = assign:child("target")
    if target and target.kind == "attr" and target.text == key then
      table.insert(all, assign:child("value") or nil)
    end
  end
  return all
end

-- The names that such a value lists: the keys of an object, texts, or a list of both.
local function names_in(value, names)
  if value.kind == "str" then
    names[value.text] = true
  elseif value.kind == "dict" then
    for _, pair in value:children() do
      if pair.kind == "pair" then
        names[pair.text] = true
      end
    end
  elseif value.kind == "list" then
    for _, item in value:children("item") do
      names_in(item, names)
    end
  end
end

-- Whether a configuration is that of the file's package, or of one that lies around it.
local function is_of(repo, config, path)
  return paths.is_within(path, service.root(repo, config)) or paths.is_within(path, paths.directory(config))
end

-- Whether the bundler of the file's package leaves a package out of the bundle.
function M.leaves_out(repo, path, package)
  for _, config in repo:holding(CONFIGS, LEFT_OUT) do
    local file = is_of(repo, config, path) and repo:open(config)
    for _, key in file and LEFT_OUT or {} do
      local names = {}
      for _, value in values_of(file, key) do
        names_in(value, names)
      end
      if names[package] then
        return true
      end
    end
  end
  return false
end

-- The parts of the code that a configuration of webpack begins bundles with: for each bundle a list of texts without their loaders, each with its node.
function M.bundles(file)
  local all = {}
  local function add(value)
    local found = {}
    for _, text in value.kind == "str" and { value } or value:descendants("str") do
      -- A member's name is no part of it.
      if text:role() ~= "key" then
        local name = text.text:gsub("^.*!", ""):gsub("%?.*$", "")
        table.insert(found, { node = text, name = name })
      end
    end
    if #found > 0 then
      table.insert(all, found)
    end
  end
  for _, value in values_of(file, "entry") do
    if value.kind ~= "dict" then
      add(value)
    end
    for _, pair in value.kind == "dict" and value:children() or {} do
      local one = pair.kind == "pair" and pair:child("value")
      if one then
        add(one)
      end
    end
  end
  return all
end

-- Whether a bundle of webpack begins with the file at `path`.
function M.begins_with(repo, path)
  local stem = path:gsub("%.%w+$", "")
  for _, config in repo:holding(WEBPACK, { paths.basename(stem) }) do
    local file = is_of(repo, config, path) and repo:open(config)
    for _, bundle in file and M.bundles(file) or {} do
      for _, part in bundle do
        local name = part.name:gsub("%.%w+$", ""):gsub("^%./", ""):gsub("^/", "")
        if name:find("/", 1, true) and (stem == name or stem:sub(-#name - 1) == "/" .. name) then
          return true
        end
      end
    end
  end
  return false
end

return M
