-- What compiles the sources each time that an image starts: `tsx server.ts`, `node -r ts-node/register`, also by way of the package's scripts.

local node_scripts = require("node_scripts")
local paths = require("paths")
local words = require("words")

local M = {}

local COMPILERS = words.set("ts-node", "ts-node-dev", "tsnd", "ts-node-esm", "tsx", "babel-node", "swc-node", "esno", "sucrase-node", "vite-node")
-- Parts of packages that compile what is loaded behind them.
local LOADERS = words.set("ts-node/register", "ts-node/register/transpile-only", "ts-node/esm", "tsx", "tsx/cjs", "tsx/esm", "@swc-node/register", "@swc/register", "@babel/register", "babel-register", "esbuild-register", "sucrase/register", "esm-loader-typescript")
local LOADING = words.set("-r", "--require", "--import", "--loader", "--experimental-loader")
local RUNNERS = words.set("npm", "yarn", "pnpm")

-- How many scripts call one another.
local DEEPEST = 3

-- The scripts that a word names; a variable in it stands for anything: `start:$NODE_ENV`.
local function scripts_of(manifest, word)
  local form = word:gsub("%${[^}]*}", "\0"):gsub("%$[%w_]+", "\0"):gsub("%p", "%%%0"):gsub("%z", ".+")
  local all = {}
  for _, entry in manifest:get("scripts") and manifest:get("scripts"):entries() or {} do
    if entry.key:match("^" .. form .. "$") and not words.holds("dev development local test debug", entry.key:match("[%w]+$") or "") then
      table.insert(all, manifest:get("scripts." .. entry.key).text)
    end
  end
  return all
end

local function compiler_in(list, manifest, depth)
  local is_run = false
  for at, word in list do
    local name = paths.basename(word)
    local before = list[at - 1] or ""
    local option, value = word:match("^(%-%-[%w-]+)=(.+)$")
    if COMPILERS[name] and not LOADING[before] then
      return name
    elseif LOADING[before] and LOADERS[word] or option and LOADING[option] and LOADERS[value] then
      return (value or word):match("^@?[^/]+/?[^/]*"):gsub("/register$", ""):gsub("/esm$", "")
    elseif is_run and manifest and depth < DEEPEST and word ~= "run" and not word:find("^%-") then
      for _, text in scripts_of(manifest, word) do
        local found = compiler_in(words.list((text:gsub("[;&|\"']", " "))), manifest, depth + 1)
        if found then
          return found
        end
      end
      is_run = false
    end
    is_run = is_run and word == "run" or is_run and word:find("^%-") ~= nil or RUNNERS[name] ~= nil
  end
  return nil
end

-- What the commands of a start compile with, nil where they run what was built.
function M.of(step, repo, text)
  return compiler_in(words.list((text:gsub("^%s*%u+%s", " "):gsub("[%[%],;&|\"']", " "))), (node_scripts.package(step, repo)), 0)
end

return M
