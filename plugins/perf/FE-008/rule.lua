-- A list that a component asks a server for, without a page or a limit in the request, and shows row by row: by the address that is asked for, by what the list
-- is called, and because nothing in the component, in what fetches and in the file speaks of pages, limits or windows.

local client_package = require("client_package")
local client_requests = require("client_requests")
local next_routes = require("next_routes")
local page_size = require("page_size")
local set = require("words").set

-- What there is more of with every day or every user.
local GROWING = set(
  "log", "event", "order", "transaction", "payment", "invoice", "customer", "user", "product", "post", "article", "message", "notification", "ticket", "record", "lead", "contact", "patient", "employee",
  "student", "appointment", "booking", "reservation", "submission", "response", "expense", "sale", "job", "document", "review", "comment", "subscriber", "donation", "recipe", "book", "movie", "issue",
  "task", "visit", "activity", "audit", "history", "entry", "email", "account", "delivery", "shipment", "bookmark", "auction", "listing", "property", "asset", "device", "candidate", "application", "client"
)
-- What a list may be called that says nothing of it.
local GENERIC = set("data", "items", "rows", "results", "list", "records", "entries")

-- What speaks of a part of the list, in code written small.
local PARTS = {
  "pagina", "pagesize", "perpage", "per_page", "page_size", "pagenumber", "currentpage", "setpage", "limit", "cursor", "offset", "infinite", "virtual", "loadmore", "load_more", "hasmore", "has_more", "nextpage",
  "next_page", "fetchmore", "fetchnext", "showmore", "viewmore", "slice(", "splice(", "recent", "latest", "trending", "popular", "featured", "upcoming", "related", "visiblecount", "topn", "windowing",
  "take:", "first:", "startafter", "range(", "?page", "&page", "intersectionobserver", "datatable", "datagrid",
}
-- The same as words of their own: a `<Page>` or a `homepage` is no part of a list.
local PART_WORDS = { "%f[%w_]page%f[^%w_]", "%f[%w_]top%f[^%w_]" }

local function speaks_of_parts(text)
  -- What comments say is no code: a page that somebody means to add is none yet.
  text = text:lower():gsub("<!%-%-.-%-%->", ""):gsub("([^:])//[^\n]*", "%1"):gsub("/%*.-%*/", "")
  for _, word in PARTS do
    if text:find(word, 1, true) then
      return true
    end
  end
  for _, form in PART_WORDS do
    if text:find(form) then
      return true
    end
  end
  return false
end

local function single(word)
  return (word:gsub("ies$", "y"):gsub("([sx])es$", "%1"):gsub("([^s])s$", "%1"))
end

-- What may stand beside the name of all there are; any other word makes it a part: `guestBookings`.
local BESIDE = set("all", "get", "list", "fetch", "fetched", "filtered", "sorted", "admin", "data", "load", "loaded", "the", "read", "api")

-- What a name says that there are ever more of, in singular; nil when it says that it is a part of them.
local function growing(name)
  local found = nil
  for word in name:gsub("(%l)(%u)", "%1_%2"):lower():gmatch("%a+") do
    local one = single((word:gsub("^all(%l%l%l)", "%1"):gsub("^get(%l%l%l)", "%1")))
    if GROWING[one] and (word ~= one or one == "history" or one == "activity") then
      found = one
    elseif not BESIDE[word] then
      return nil
    end
  end
  return found
end

-- Whether a query of an address names what the list belongs to: `?linkId={}`, as a key in the path before it would.
local function names_parent(address)
  local query = address:match("%?(.*)$") or ""
  return query:find("%w[iI]d=[{$]") ~= nil or query:find("%w_id=[{$]") ~= nil or query:match("%w[iI]d=$") ~= nil
end

-- What the last part of an address asks for, nil where a parent's key stands before it, or it is one thing.
local function asked_for(address)
  if names_parent(address) then
    return nil
  end
  local path = address:gsub("[?#].*$", "")
  -- The host, or what stands for it.
  path = path:gsub("^%a+://[^/]*", ""):gsub("^{}", "")
  if path:find("{}", 1, true) or path:lower():find("%f[%w]m[ey]%f[%W]") or path:lower():find("/mine", 1, true) or path:lower():find("search", 1, true) then
    return nil
  end
  local parts = {}
  for part in path:gmatch("[^/]+") do
    table.insert(parts, part)
  end
  local last = parts[#parts]
  if last and (last == "all" or last == "list" or last:lower():find("^getall$")) then
    last = parts[#parts - 1]
  end
  local word = last and growing(last)
  return word
end

-- Whether the repository itself answers an address, with a part of the list: its handler, or a function that it calls, speaks of parts.
local function is_bounded_by_server(address, repo)
  for _, path in next_routes.of(address, repo) do
    local file = repo:open(path)
    if file and file.root then
      -- How often somebody may ask bounds no list.
      if speaks_of_parts((file.text:gsub("[rR]ate[_%-]?[lL]imit", ""))) then
        return true
      end
      for _, call in file.root:descendants("call") do
        for _, callee in call:callees() do
          for at, param in callee.params do
            -- Its default bounds it where the handler gives no size.
            if page_size.is_size(param.text) and (param:child("default") or call:args()[at]) then
              return true
            end
          end
        end
      end
    end
  end
  return false
end

-- The name of the list that a chain begins with: `orders` of `data?.orders.filter(...).map(...)`; and the name at its root. Nil behind what cuts it.
local function list_of(node)
  local name = nil
  while node do
    if node.kind == "call" then
      local method = node.name
      if method ~= "filter" and method ~= "sort" and method ~= "reverse" and method ~= "toSorted" and method ~= "values" then
        return nil
      end
      node = node:receiver()
    elseif node.kind == "attr" then
      name = name or node.name
      node = node:child("value")
    elseif node.kind == "logic" then
      node = node:children()[1]
    elseif node.kind == "name" then
      return name or node.text, node
    else
      return nil
    end
  end
  return nil
end

-- The component around: the outermost function with a name in capitals.
local function component_of(node)
  local found, fn = nil, node:func()
  while fn do
    if fn.name:find("^%u") then
      found = fn.node
    end
    local up = fn.node:parent()
    fn = up and up:func()
  end
  if found then
    return found
  end
  local class = node:enclosing("class")
  return class
end

-- Elements that a few choices are shown with.
local CHOICES = { option = true, Option = true, MenuItem = true, SelectItem = true, Tab = true, Chip = true, Radio = true, Checkbox = true, ListboxOption = true, ["Select.Option"] = true, CommandItem = true }

-- The element that a callback gives for each item of the list.
local function element_of(callback)
  if not callback or callback.kind ~= "function" then
    return nil
  end
  for _, jsx in callback:descendants("jsx") do
    local parent = jsx:parent()
    while parent and (parent.kind == "conditional" or parent.kind == "logic") do
      parent = parent:parent()
    end
    if parent and parent.kind == "return" and jsx:func() and jsx:func().node:same(callback) then
      return jsx
    end
  end
  return nil
end

-- Whether a name is bound in the component, and not handed to it.
local function is_own(name, component)
  for _, param in component:children("param") do
    for _, part in param:descendants("name") do
      if part.text == name.text then
        return false
      end
    end
    if param.text == name.text then
      return false
    end
  end
  return name:param_position() == nil and name.text ~= "props"
end

local VIRTUAL = { "react-window**", "react-virtualized**", "@tanstack/react-virtual", "react-virtuoso", "virtua**", "react-virtual", "react-infinite-scroll-component", "@tanstack/react-table", "react-table", "react-intersection-observer" }

local function check_code(file, matches, report, repo)
  if not file.root or file.imports(file, VIRTUAL) then
    return
  end
  local requests_by, seen = {}, {}
  for _, match in matches do
    local call = match.node
    local element = call and call.name == "map" and element_of(call:arg(1))
    local name, root = nil, nil
    if element and not CHOICES[element.text] then
      name, root = list_of(call:receiver())
    end
    local word = name and growing(name)
    local component = (word or name and GENERIC[name]) and component_of(call)
    if component and is_own(root, component) and not speaks_of_parts(component.source) then
      local requests = requests_by[component.id] or client_requests.within(component)
      requests_by[component.id] = requests
      local fitting, lists = nil, 0
      for _, request in requests do
        local asked = request.address and asked_for(request.address)
        lists += asked and 1 or 0
        if asked and (asked == word or not word) then
          fitting = request
        end
      end
      local key = `{component.id}:{name}`
      if fitting and (word or #requests == 1) and not seen[key] and not speaks_of_parts(fitting.text) and not speaks_of_parts(fitting.func.source) and not speaks_of_parts(fitting.address) and not is_bounded_by_server(fitting.address, repo) then
        seen[key] = true
        report({
          at = call,
          message = `every row of {call:receiver().source:gsub("%s+", " "):sub(1, 60)} is put on the page at once, and the request for {fitting.address:gsub("{}", "")} asks for all there are`,
          confidence = "medium",
          reach = "unknown",
          related = { { at = fitting.node, message = "asks for the list, without a page or a limit" } },
          notes = { list = name },
        })
      end
    end
  end
end

-- Templates, which are read as text: what repeats, and requests of the file's script.
local REPEATS = { vue = "v%-for=\"%s*%(?%s*[%w_]+[%s%w_,]*%)?%s+[io][nf]%s+([%w_.]+)\"", svelte = "{#each%s+([%w_.$]+)%s+as%s" }
local REQUESTS = { "[%w_$.]*[gG]et%(%s*[`\"']([^`\"'\n]+)[`\"']%s*([,)])", "%f[%w$]fetch%(%s*[`\"']([^`\"'\n]+)[`\"']%s*([,)])", "%f[%w$]%$fetch%(%s*[`\"']([^`\"'\n]+)[`\"']%s*([,)])", "%f[%w]useFetch%(%s*[`\"']([^`\"'\n]+)[`\"']%s*([,)])" }

local function check_template(file, report)
  local ending = file.path:match("%.(%w+)$")
  local form = REPEATS[ending]
  if not form or speaks_of_parts(file.text) or file.text:find("virtual") then
    return
  end
  local asked = {}
  for _, pattern in REQUESTS do
    for address in file.text:gmatch(pattern) do
      local word = asked_for((address:gsub("%${[^}]*}", "{}"):gsub("{%w+}", "{}")))
      if word then
        asked[word] = address
      end
    end
  end
  local number = 0
  for line in (file.text .. "\n"):gmatch("(.-)\n") do
    number += 1
    local name = line:match(form)
    local word = name and growing(name:match("[%w_$]+$") or "")
    if word and asked[word] and not line:find("<option", 1, true) then
      report({
        at = file:line_span(number),
        message = `every row of {name} is put on the page at once, and the request for {asked[word]} asks for all there are`,
        confidence = "medium",
        reach = "unknown",
        notes = { list = name },
      })
      asked[word] = nil
    end
  end
end

return {
  check = function(file, matches, report, repo)
    if file.path:find("%.stories%.") or client_package.is_installed((client_package.dependencies(repo, file.path))) then
      return
    end
    -- Of a component the code is its scripts, and what repeats stands in its markup.
    if REPEATS[file.path:match("%.(%w+)$")] then
      check_template(file, report)
    else
      check_code(file, matches, report, repo)
    end
  end,
}
