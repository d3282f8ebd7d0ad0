-- Whether an image needs a package of Node.js that its manifest lists for development only: an install without these would fail, or what runs behind it.

local shell_command = require("shell_command")
local words = require("words")

local M = {}

-- Programs that packages bring under another name than their own.
local PROGRAMS = {
  ["typescript"] = "tsc", ["@nestjs/cli"] = "nest", ["ts-node-dev"] = "tsnd ts-node-dev", ["@babel/node"] = "babel-node", ["@babel/cli"] = "babel", ["@swc/cli"] = "swc", ["webpack-cli"] = "webpack",
  ["@angular/cli"] = "ng", ["@vue/cli-service"] = "vue-cli-service", ["@remix-run/dev"] = "remix", ["@remix-run/serve"] = "remix-serve", ["dotenv-cli"] = "dotenv", ["npm-run-all"] = "run-s run-p npm-run-all", ["sequelize-cli"] = "sequelize sequelize-cli",
  ["@prisma/cli"] = "prisma", ["@tailwindcss/cli"] = "tailwindcss", ["@sveltejs/kit"] = "svelte-kit", ["tsc-alias"] = "tsc-alias", ["env-cmd"] = "env-cmd", ["husky"] = "husky", ["nx"] = "nx",
}
-- Scripts that an install runs by itself.
local BY_INSTALL = { "preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare" }

-- Names by which commands speak of what the manifest lists for development, and for nothing else.
local function names_of(manifest)
  local names, kept = {}, manifest:get("dependencies")
  for _, entry in (manifest:get("devDependencies") and manifest:get("devDependencies"):entries() or {}) do
    local is_kept = false
    for _, other in kept and kept:entries() or {} do
      is_kept = is_kept or other.key == entry.key
    end
    if not is_kept then
      names[entry.key] = true
      for _, program in words.list(PROGRAMS[entry.key]) do
        names[program] = true
      end
    end
  end
  return names
end

-- Whether a command names one of them, or runs a script of the package that does: `tsx main.ts`, `node -r ts-node/register`, `npm start`.
local function speaks_of(text, names, manifest, seen)
  local before = {}
  for word in text:gmatch("[^%s\"'%[%],;&|()=]+") do
    local name = word:gsub("^.*node_modules/%.bin/", "")
    local package = name:match("^(@[^/]+/[^/@]+)") or name:match("^([^/@]+)")
    if names[name] or package and names[package] then
      return true
    end
    local is_run = before.npm or before.yarn or before.pnpm or before.bun or before.run
    local script = is_run and not seen[word] and manifest:get("scripts." .. word)
    if script then
      seen[word] = true
      for _, called in { "pre" .. word, word, "post" .. word } do
        local node = manifest:get("scripts." .. called)
        if node and speaks_of(node.text, names, manifest, seen) then
          return true
        end
      end
    end
    before[word] = true
  end
  return false
end

-- Whether the install of a step, or what the Dockerfile runs beside it, needs one of them.
function M.of(step, manifest, file)
  local names = names_of(manifest)
  for _, script in shell_command.has_option(step, "--ignore-scripts") and {} or BY_INSTALL do
    local node = manifest:get("scripts." .. script)
    if node and speaks_of(node.text, names, manifest, {}) then
      return true
    end
  end
  for _, stage in file.docker.stages do
    for _, instruction in stage.instructions do
      local runs = instruction.keyword == "RUN" or instruction.keyword == "CMD" or instruction.keyword == "ENTRYPOINT" or instruction.keyword == "HEALTHCHECK"
      if runs and speaks_of(instruction.span.source, names, manifest, {}) then
        return true
      end
    end
  end
  return false
end

return M
