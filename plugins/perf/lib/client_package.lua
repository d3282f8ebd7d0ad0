-- What the manifest of a front end says of its bundle: which plugins rewrite imports, and whether a page downloads it.

local service = require("service")

local M = {}

local GROUPS = { "dependencies", "devDependencies", "peerDependencies", "optionalDependencies" }

-- The dependencies of the nearest `package.json` above a file, with their versions, and its path; empty where there is none.
function M.dependencies(repo, path)
  local all = {}
  local at = service.directory(path)
  while true do
    local name = at == "" and "package.json" or `{at}/package.json`
    local file = repo:at(name) == "file" and repo:open(name)
    local document = file and file.documents and file.documents[1]
    if document then
      for _, group in GROUPS do
        local list = document:get(group)
        for _, entry in list and list:entries() or {} do
          -- What is no list of names and versions says nothing.
          if entry.key then
            all[entry.key] = entry.text
          end
        end
      end
      return all, name
    end
    if at == "" then
      return all, nil
    end
    at = service.directory(at)
  end
end

-- Bundlers that leave the names of an import as they stand, and what rewrites them.
local BUNDLERS = { "react-scripts", "vite", "@vue/cli-service", "@angular/cli", "parcel", "webpack", "@rspack/core", "@rsbuild/core" }
local REWRITERS = { "next", "gatsby", "babel-plugin-import", "babel-plugin-transform-imports", "vite-plugin-imp", "vite-plugin-babel-import", "vite-plugin-style-import", "@swc/plugin-transform-imports" }

-- Settings of Next.js, and plugins named in the settings of its compiler, by which it takes imports apart where its version does not.
local SETTINGS = { "modularizeImports", "optimizePackageImports", "transform-imports", '"lodash"', "'lodash'", "plugin-lodash", "plugin-import" }
local SETTINGS_FILES = { "next.config.js", "next.config.mjs", "next.config.ts", "babel.config.js", "babel.config.json", ".babelrc", ".babelrc.js", ".swcrc" }

-- Whether Next.js leaves the names of an import as they stand: it takes those of well-known packages apart since 13.5.
function M.next_rewrites_nothing(repo, dependencies, manifest)
  local major, minor = (dependencies.next or ""):match("^[%^~]?v?(%d+)%.?(%d*)")
  local version = major and tonumber(major) + (tonumber(minor) or 99) / 100
  if not version or version >= 13.05 then
    return false
  end
  -- What a range allows, a lock file may have raised; a caret keeps to the major version.
  if dependencies.next:find("^%^") and major == "13" then
    return false
  end
  local directory = service.directory(manifest)
  for _, name in SETTINGS_FILES do
    local text = repo:text(directory == "" and name or `{directory}/{name}`)
    for _, word in text and SETTINGS or {} do
      if text:find(word, 1, true) then
        return false
      end
    end
  end
  return true
end

-- Whether the bundler is one that takes no import apart by itself, and nothing is there that does it.
function M.rewrites_nothing(dependencies)
  local is_known = false
  for _, name in BUNDLERS do
    is_known = is_known or dependencies[name] ~= nil
  end
  for _, name in REWRITERS do
    if dependencies[name] then
      return false
    end
  end
  return is_known
end

-- Applications that are installed: what they load lies on the disk.
local INSTALLED = { "react-native", "expo", "electron", "@tauri-apps/api", "nativescript", "@nativescript/core", "cordova" }

-- Whether the bundle is installed and not downloaded by a page.
function M.is_installed(dependencies)
  for _, name in INSTALLED do
    if dependencies[name] then
      return true
    end
  end
  return false
end

return M
