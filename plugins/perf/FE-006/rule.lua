-- A table of routes whose pages are imported while the table is loaded puts all of them into one chunk. What deferring would keep from a visitor is what one page alone
-- loads: it is counted in the files of the repository, as far as imports can be followed, so that the sum is a lower bound; packages that are known to be large weigh besides.

local client_chunk = require("client_chunk")
local client_graph = require("client_graph")
local client_package = require("client_package")

-- Under which keys a route names its page, and what only a route has.
local PAGE_KEYS = { "component", "element", "Component", "render" }
-- How many pages a table has before anything is said; how many are enough by themselves, and how much source that one page alone needs is; how many files of one page are followed.
local LEAST_PAGES, MANY_PAGES, MANY_BYTES, MOST_FILES = 4, 8, 80000, 120

local function is_component(text)
  return text:find("^%u") ~= nil
end

-- The components that an element shows in the end: `Home` for `<Private><Home /></Private>`.
local function leaves(jsx, all)
  local is_outer = false
  for _, item in jsx:children("item") do
    if item.kind == "jsx" and (is_component(item.text) or item.text == "") then
      is_outer = true
      leaves(item, all)
    end
  end
  if not is_outer and is_component(jsx.text) then
    table.insert(all, (jsx.text:match("^[^.]+")))
  end
  return all
end

-- The names of the components that a value shows, and whether it loads them when they are asked for.
local function shown(value)
  if value.kind == "name" then
    return { value.text }, false
  elseif value.kind == "jsx" then
    return leaves(value, {}), false
  elseif value.source:find("import%s*%(") or value.source:find("require%.ensure") then
    return {}, true
  elseif value.kind == "function" or value.kind == "call" or value.kind == "conditional" then
    -- `element={authed(<Orders />)}`
    local all = {}
    for _, jsx in value:descendants("jsx") do
      local parent = jsx:parent()
      if not parent or parent.kind ~= "jsx" then
        leaves(jsx, all)
      end
    end
    return all, false
  end
  return {}, false
end

local function prop(jsx, name)
  for _, arg in jsx:children("arg") do
    if arg.kind == "kw-arg" and arg.text == name then
      return arg:child("value") or arg
    end
  end
  return nil
end

local function has_route(jsx)
  for _, item in jsx:children("item") do
    if item.kind == "jsx" and (item.text:find("Route$") or item.text == "" and has_route(item)) then
      return true
    end
  end
  return false
end

-- What a file's routes show: names of components, how many of them are deferred.
local function routes_of(file)
  local names, deferred = {}, 0
  local function add(value)
    local found, is_deferred = shown(value)
    for _, name in found do
      table.insert(names, name)
    end
    deferred += is_deferred and 1 or 0
  end
  for _, jsx in file.root:descendants("jsx") do
    if jsx.text:find("Route$") and (prop(jsx, "path") or prop(jsx, "index") or prop(jsx, "exact")) and not has_route(jsx) then
      local value = prop(jsx, "lazy")
      deferred += value and 1 or 0
      for _, key in PAGE_KEYS do
        value = prop(jsx, key)
        if value then
          add(value)
        end
      end
      for _, item in jsx:children("item") do
        if item.kind == "jsx" then
          add(item)
        end
      end
    end
  end
  for _, dict in file.root:descendants("dict") do
    local path = dict:entry("path") or dict:entry("index")
    if path and not dict:entry("children") then
      for _, key in PAGE_KEYS do
        local value = dict:entry(key)
        if value then
          add(value)
        end
      end
    end
    if path then
      for _, key in { "lazy", "loadComponent", "loadChildren", "getComponent", "lazyComponent" } do
        deferred += dict:entry(key) and 1 or 0
      end
    end
  end
  return names, deferred
end

-- What the names of a file are bound to: imports, and values that are loaded when they are asked for.
local function bindings(file)
  local imports, deferred = {}, {}
  for _, node in file.root:children() do
    if node.kind == "import" and not node:has("type-only") then
      for _, item in node:children("item") do
        for _, name in item:descendants("name") do
          imports[name.text] = node
        end
      end
    elseif node.source:find("import%s*%(") then
      for _, assign in node.kind == "assign" and { node } or node:descendants("assign") do
        local target = assign:child("target")
        if target then
          deferred[target.text] = true
        end
      end
    end
  end
  return imports, deferred
end

-- What the pages load that no other page does: bytes of source, and the first large package that at most half of them load, with its page.
local function own_weight(repo, pages)
  local known, reached, packages = {}, {}, {}
  for at, page in pages do
    local files, all = client_graph.closure(repo, page.path, MOST_FILES, known)
    for path, bytes in files do
      local entry = reached[path]
      if entry then
        entry.count += 1
      else
        reached[path] = { count = 1, bytes = bytes }
      end
    end
    for name in all do
      local entry = packages[name]
      if entry then
        entry.count += 1
      else
        packages[name] = { name = name, count = 1, page = page, at = at }
      end
    end
  end
  local bytes = 0
  for _, entry in reached do
    bytes += entry.count == 1 and entry.bytes or 0
  end
  local heavy = nil
  for name, entry in packages do
    if entry.count * 2 <= #pages and (not heavy or entry.at < heavy.at or entry.at == heavy.at and name < heavy.name) then
      local fact = repo:fact("require " .. name)
      if fact and (fact.bundle == "feature" or fact.page_part) then
        heavy = entry
      end
    end
  end
  return bytes, heavy
end

return {
  check = function(file, matches, report, repo)
    if not file.root or file.side == "server" then
      return
    end
    local names, deferred = routes_of(file)
    if #names < LEAST_PAGES then
      return
    end
    local imports, is_deferred = bindings(file)
    local pages, seen = {}, {}
    for _, name in names do
      if is_deferred[name] and not seen[name] then
        seen[name] = true
        deferred += 1
      end
      local node = imports[name]
      local path = node and not seen[name] and client_graph.resolve(repo, file.path, node.text)
      if path then
        seen[name] = true
        table.insert(pages, { name = name, node = node, path = path })
      end
    end
    -- A table that defers most of its pages has kept the few that everybody sees.
    if #pages < LEAST_PAGES or deferred * 2 > #pages or client_package.is_installed((client_package.dependencies(repo, file.path))) then
      return
    end
    if client_chunk.is_deferred(repo, file.path) then
      return
    end
    local bytes, heavy = own_weight(repo, pages)
    if not heavy and bytes < MANY_BYTES and (#pages < MANY_PAGES or deferred > 0) then
      return
    end
    local related = {}
    if heavy then
      table.insert(related, { at = heavy.page.node, message = `this page alone brings {heavy.name}` })
    end
    local first = pages[1].node
    for _, page in pages do
      first = page.node.line < first.line and page.node or first
    end
    local first_name = pages[1].name
    for _, page in pages do
      first_name = page.node:same(first) and page.name or first_name
    end
    local what = heavy and `; {heavy.name} comes with one of them` or ""
    report({
      at = first,
      message = `{first_name} and {#pages - 1} more pages are in what every visitor loads first, with at least {bytes // 1000} kB of source, packages not counted, that only one of them needs{what}`,
      confidence = "medium",
      reach = "startup",
      related = related,
      notes = { pages = #pages, deferred = deferred, ["source of single pages"] = bytes },
    })
  end,
}
