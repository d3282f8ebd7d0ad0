-- What makes a browser download more than the page needs: packages that come whole, icon sets that are asked by computed names, parts that a
-- few pages need in the first chunk, and the texts of every language at once.

local bundler_config = require("bundler_config")
local client_chunk = require("client_chunk")
local entry_packages = require("entry_packages")
local client_graph = require("client_graph")
local client_languages = require("client_languages")
local client_package = require("client_package")
local heavy_import = require("heavy_import")
local service = require("service")
local words = require("words")

-- What facts say of an import: of a name that is taken, or of the module.
local function fact_of(repo, node)
  local module, names = heavy_import.parts_of(node)
  for _, name in names do
    local fact = repo:fact(`require {module}.{name}`)
    if fact and fact.bundle then
      return fact, module, name
    end
  end
  local fact = repo:fact("require " .. module)
  return fact and fact.bundle and fact or nil, module
end

-- Whether an import takes the module as one value: `import _ from`, `import * as _ from`, `const _ = require()`.
local function takes_whole(node)
  if node.kind ~= "import" then
    local assign = node:enclosing("assign")
    local target = assign and assign:child("target")
    return target ~= nil and (target.kind == "name" or target.kind == "attr")
  end
  local head = node.source:gsub("^import%s+", "")
  return head:find("^[%w_$]+") ~= nil or head:find("^%*") ~= nil
end

-- The names that read what an import binds, those in types left out.
local function reads_of(file, node)
  local _, _, bound = heavy_import.parts_of(node)
  local reads = {}
  for _, name in file.root:descendants("name") do
    if bound[name.text] and name:role() ~= "target" and name:role() ~= "param" and not name:is_within(node) then
      local at, is_type = name, false
      while at and not is_type do
        is_type = at.kind == "type" or at:role() == "type" or at:role() == "returns"
        at = at:parent()
      end
      if not is_type then
        table.insert(reads, name)
      end
    end
  end
  return reads
end

-- The first read of a namespace that is no member by name: it may ask for any of them.
local function computed(reads)
  for _, name in reads do
    local parent = name:parent()
    local kind = parent and parent.kind
    if kind ~= "attr" and kind ~= "jsx" and kind ~= "type" then
      return name
    end
  end
  return nil
end

-- Whether all that a library of components offers is registered: its namespace is handed on as one value, or the application uses its default export.
local function registers(node, reads)
  if not takes_whole(node) then
    return false
  elseif node.source:find("*", 1, true) then
    return computed(reads) ~= nil
  end
  for _, name in reads do
    local around = name:parent()
    if around and around.kind == "call" and around.name == "use" and name:role() == "arg" then
      return true
    end
  end
  return false
end

local function size_of(fact)
  return fact.bundle_kb and ` ({fact.bundle_kb} kB before compression)` or ""
end

local function is_replaced(fact, dependencies)
  for name in words.alternatives(fact.replaced_by) do
    if dependencies[name] then
      return true
    end
  end
  return false
end

-- Whether names of a package bring all of it here: nothing takes the import apart, and what it brings is in the first chunk, or in that of a page.
local function brings_all(repo, file, dependencies, manifest)
  if dependencies.next then
    return client_package.next_rewrites_nothing(repo, dependencies, manifest) and client_chunk.is_loaded(repo, file) and not client_chunk.is_deferred(repo, file.path)
  end
  return client_package.rewrites_nothing(dependencies) and client_chunk.is_first(repo, file)
end

-- Whether no module of the same package imports a library beside its styles.
local function shows_nothing_of(repo, file, library)
  local root = service.root(repo, file.path)
  for _, path in repo:holding("**/*.{ts,tsx,js,jsx,mjs,vue,svelte}", { `"{library}`, `'{library}` }) do
    local other = service.root(repo, path) == root and repo:open(path)
    for name in (other and other.class == "source" and other.text or ""):gmatch("[\"']([@%w][%w@/._-]*)[\"']") do
      local is_of = name == library or name:sub(1, #library + 1) == library .. "/"
      if is_of and not name:find("%.css$") and not name:find("styles") then
        return false
      end
    end
  end
  return true
end

-- Whether a file is the first of those in a page that import a module: once is enough for all of it.
local function is_first_to_import(repo, file, module)
  for _, path in repo:holding("**/*.{ts,tsx,js,jsx,mjs,vue,svelte}", { `"{module}"`, `'{module}'` }) do
    local other = path ~= file.path and path < file.path and repo:open(path)
    if other and other.class == "source" and client_chunk.is_in_page(repo, other) then
      return false
    end
  end
  return true
end

-- What keeps the languages of moment out of a bundle of webpack.
local LOCALE_FILTERS = { "moment-locales-webpack-plugin", "MomentLocalesPlugin", ".IgnorePlugin(", " IgnorePlugin(", "ContextReplacementPlugin" }

-- What a package brings that stays whole although its own size was trimmed: moment with all its languages, unless a configuration of webpack leaves them out.
local function brought_by(repo, fact, dependencies)
  local other = fact.brings and repo:fact("require " .. fact.brings)
  if not other or not other.bundle or is_replaced(other, dependencies) or not dependencies.webpack or #repo:holding("**/*webpack*.{js,cjs,mjs,ts}", LOCALE_FILTERS) > 0 then
    return nil
  end
  return other
end

-- Judges one import; the answer is a message, a confidence and a place that explains it.
local function judge(repo, file, node, dependencies, manifest, is_of_server)
  local fact, module, name = fact_of(repo, node)
  if not fact or node:has("type-only") or (fact.bundle == "server") ~= is_of_server then
    return nil
  end
  local brought = is_replaced(fact, dependencies) and brought_by(repo, fact, dependencies)
  if is_replaced(fact, dependencies) and not brought then
    return nil
  end
  local only_runs = node.kind == "import" and #node:children("item") == 0
  local reads = if only_runs then {} else reads_of(file, node)
  if not only_runs and #reads == 0 then
    return nil
  end
  local shown = name and `{name} of {module}` or module
  if brought then
    return `{module} brings all of {fact.brings}{size_of(brought)} and {brought.locales_kb} kB of languages into what the browser downloads, of which a visitor reads one; {brought.instead} does the same with less`, "medium"
  elseif fact.bundle == "server" then
    -- Only what the page itself leads to: nothing else tells code of a service from that of a page that imports the same.
    if client_chunk.is_in_page(repo, file) and is_first_to_import(repo, file, module) then
      return `{shown} is written for Node.js, and what it asks of that is in the bundle beside it; {fact.instead} reads a token without it`, "medium"
    end
  elseif fact.bundle == "whole" then
    return `all of {shown}{size_of(fact)} is in what the browser downloads; {fact.instead} does the same with less`, "high"
  elseif fact.bundle == "default" then
    -- Of names that are taken the bundler decides: frameworks and plugins rewrite them.
    if takes_whole(node) then
      return `{shown} comes whole{size_of(fact)} with this import; {fact.instead} brings what is used`, "medium"
    end
    if fact.named == "whole" and brings_all(repo, file, dependencies, manifest) then
      return `names of {shown} bring all of it{size_of(fact)}, which is one module that no bundler here takes apart; {fact.instead} brings what is used`, "medium"
    end
  elseif fact.bundle == "library" then
    if registers(node, reads) then
      return `every component of {module} is in the bundle, because all are registered at once; {fact.instead} keep the others out`, "high"
    end
  elseif fact.bundle == "set" then
    local whole = takes_whole(node) and node.source:find("*", 1, true) and computed(reads)
    if whole then
      return `every icon of {shown} is in the bundle, because they are asked for by computed names; {fact.instead} keeps the others out`, "high", whole
    end
  elseif fact.bundle == "styles" then
    if shows_nothing_of(repo, file, fact.styles_of) then
      return `{shown} styles components of {fact.styles_of}, and none of them is imported anywhere`, "medium"
    end
  elseif fact.bundle == "feature" and client_chunk.is_first(repo, file) then
    return `{shown}{size_of(fact)} is in what the first page downloads: no deferred import lies between the application's start and this file`, "medium"
  elseif fact.bundle == "feature" and fact.in_chunks and client_chunk.is_loaded(repo, file) and not client_chunk.is_deferred(repo, file.path) then
    return `{shown}{size_of(fact)} is loaded with each part of the application that shows this, before anybody needs it; an import where it is used brings it then`, "medium"
  end
  return nil
end

-- Reports a module that loads the texts of every language.
local function judge_languages(repo, file, report, is_in_browser)
  local found = client_languages.own(repo, file)
  if found and is_in_browser() and client_chunk.is_loaded(repo, file) then
    report({
      at = found.at,
      message = `the texts of {found.count} languages, {found.bytes // 1000} kB, are in one chunk, and a visitor reads one of them`,
      confidence = "high",
      notes = { languages = found.count, ["bytes"] = found.bytes },
    })
  end
end

-- The same of what libraries bring.
local function judge_package_languages(nodes, report, is_in_browser)
  local found = client_languages.of_packages(nodes)
  if found and is_in_browser() then
    report({
      at = found.at,
      message = `what {found.package} has for {found.count} languages is in one chunk, and a visitor reads one of them`,
      confidence = "medium",
      notes = { languages = found.count, package = found.package },
    })
  end
end

-- Data of fewer bytes is no weight beside the code.
local LEAST_DATA = 500000

-- Reports data that is part of the code: `import animation from "./landing.json"`.
local function judge_data(repo, file, report, is_in_browser)
  for _, node in file.root:descendants("import") do
    local module = heavy_import.parts_of(node)
    local path = module:find("%.json$") and not node:has("type-only") and not node:func() and client_graph.resolve(repo, file.path, module)
    local size = path and repo:size(path) or 0
    if size >= LEAST_DATA and is_in_browser() then
      report({
        at = node,
        message = `{size // 1000} kB of data from {path} are part of the code that a browser downloads and parses`,
        confidence = client_chunk.is_first(repo, file) and "high" or "medium",
        notes = { bytes = size, data = path },
      })
    end
  end
end

return {
  check = function(file, matches, report, repo)
    local is_config = matches[1] ~= nil and matches[1].matcher == "bundles"
    -- A library of servers makes its file one of a server; in a page it is what is looked for.
    local is_of_server = file.side == "server" and not is_config
    if not file.root or is_of_server and file.path:find("%f[%w]server%f[%W]") or file.path:find("%.stories%.") then
      return
    end
    local dependencies, manifest = client_package.dependencies(repo, file.path)
    if client_package.is_installed(dependencies) then
      return
    elseif is_config then
      entry_packages.report(repo, file, dependencies, report)
      return
    end
    -- Who imports the file is asked last: it may mean a look into many others.
    local answer = nil
    local function is_in_browser()
      if answer == nil then
        answer = client_chunk.is_for_browsers(repo, file)
      end
      return answer
    end
    local seen, languages, has_data = {}, {}, false
    for _, match in matches do
      if is_of_server and match.matcher ~= "import" then
        continue
      elseif match.matcher == "languages" then
        judge_languages(repo, file, report, is_in_browser)
      elseif match.matcher == "data" then
        has_data = true
      elseif match.matcher == "package languages" then
        table.insert(languages, match.node)
      elseif match.node and not match.node:func() then
        local module = heavy_import.parts_of(match.node)
        local message, confidence, because = nil, nil, nil
        if not seen[module] then
          message, confidence, because = judge(repo, file, match.node, dependencies, manifest, is_of_server)
        end
        if message and (is_of_server or is_in_browser()) and not bundler_config.leaves_out(repo, file.path, module) then
          seen[module] = true
          report({
            at = match.node,
            message = message,
            confidence = confidence,
            reach = "startup",
            related = because and { { at = because, message = "asked for by a name that the bundler cannot know" } } or nil,
            notes = { package = module },
          })
        end
      end
    end
    judge_package_languages(languages, report, is_in_browser)
    if has_data then
      judge_data(repo, file, report, is_in_browser)
    end
  end,
}
