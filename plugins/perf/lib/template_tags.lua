-- The tags of a template of Django or Jinja, in order, and the files that templates name.

local M = {}

-- What stands within a tag: words of paths behind each other, `order.customer.name`, without those in quotes and the names of filters.
local function paths_in(text)
  text = text:gsub("\"[^\"]*\"", " "):gsub("'[^']*'", " "):gsub("|%s*[%w_]+", " ")
  local all = {}
  for path in text:gmatch("[%w_][%w_%.]*") do
    if path:find("^[%a_]") then
      table.insert(all, path)
    end
  end
  return all
end

local function without_calls(text)
  return (text:gsub("%(%s*%)", ""))
end

-- What `{% with a=order.customer b=order.lines %}`, `{% set a = order.customer %}` and `{% with order.customer as a %}` name.
local function named_in(text)
  local all = {}
  local path, name = text:match("^%s*([%w_%.]+)%s+as%s+([%w_]+)")
  if path then
    return { [name] = path }
  end
  for given, value in text:gmatch("([%w_]+)%s*=%s*([%w_%.]+)") do
    all[given] = value
  end
  return all
end

local READERS = {}

function READERS.for_(rest)
  local targets, over = rest:match("^(.-)%s+in%s+(.+)$")
  local names = {}
  for name in (targets or ""):gmatch("[%w_]+") do
    table.insert(names, name)
  end
  over = over and over:gsub("%s+reversed%s*$", ""):gsub("%s+if%s.*$", "")
  return { kind = "for", names = names, over = over and over:match("^%s*([%w_%.]+)"), paths = paths_in(over or rest) }
end

function READERS.with(rest)
  return { kind = "with", named = named_in(rest), paths = paths_in(rest:gsub("[%w_]+%s*=", " ")) }
end

function READERS.set(rest)
  return { kind = "set", named = named_in(rest), paths = paths_in(rest:gsub("[%w_]+%s*=", " ")) }
end

function READERS.include(rest)
  local name, more = rest:match("^%s*[\"']([^\"']+)[\"'](.*)$")
  if not name then
    -- Of a theme that is chosen when it is shown: `{% include theme("shop/order.html") %}`.
    name, more = rest:match("^%s*[%w_]+%(%s*[\"']([^\"']+)[\"']%s*%)(.*)$")
  end
  return { kind = "include", file = name, named = more and named_in(more:gsub("^%s*with%s", " ")) or {}, is_closed = more ~= nil and more:find("%f[%w]only%f[%W]") ~= nil, paths = {} }
end

function READERS.regroup(rest)
  local over, by, name = rest:match("^%s*([%w_%.]+)%s+by%s+([%w_%.]+)%s+as%s+([%w_]+)")
  return { kind = "regroup", over = over, by = by, name = name, paths = {} }
end

-- Blocks whose text is not looked at: comments, and what is kept once it was written.
local SKIPPED = { comment = "endcomment", verbatim = "endverbatim", raw = "endraw", cache = "endcache" }

-- Calls `see(tag, line)` for each tag: {kind ("for", "endfor", "with", "endwith", "set", "include", "regroup", or "other"), paths (that it reads), ...}.
function M.each(file, see)
  local text, line, from, skipped = file.text, 1, 1, nil
  while true do
    local first, last, mark, inner = text:find("{([{%%#])[%-+]?(.-)[%-+]?[}%%#]}", from)
    if not first then
      return
    end
    for _ in text:sub(from, first - 1):gmatch("\n") do
      line += 1
    end
    local word, rest = inner:match("^%s*([%w_]+)%s*(.-)%s*$")
    if skipped then
      skipped = (mark ~= "%" or word ~= skipped) and skipped or nil
    elseif mark == "%" and word then
      rest = without_calls(rest)
      skipped = SKIPPED[word]
      local reader = READERS[word == "for" and "for_" or word]
      if reader then
        see(reader(rest), line)
      elseif word == "endfor" or word == "endwith" then
        see({ kind = word, paths = {} }, line)
      elseif not skipped then
        see({ kind = "other", paths = paths_in(rest) }, line)
      end
    elseif mark == "{" then
      see({ kind = "other", is_shown = true, paths = paths_in(without_calls(inner)) }, line)
    end
    for _ in text:sub(first, last):gmatch("\n") do
      line += 1
    end
    from = last + 1
  end
end

-- The file of a template by its name: the only one that ends so; a name that begins with a dot is told from the template that names it.
function M.file(name, repo, from)
  if name:find("[{}%[%]*?]") then
    return nil
  elseif name:find("^%.") then
    local directory = from and from.path:match("^(.*)/[^/]*$")
    while directory and name:find("^%.") do
      if name:find("^%.%./") then
        directory = directory:match("^(.*)/[^/]*$")
      end
      name = name:gsub("^%.%.?/", "", 1)
    end
    return directory and repo:at(`{directory}/{name}`) == "file" and repo:open(`{directory}/{name}`) or nil
  end
  local function only(paths)
    for _, path in #paths > 1 and paths or {} do
      -- Of several themes, whichever somebody chooses, the first is looked at.
      if not path:find("%f[%w]themes/[^/]+/templates/") then
        return nil
      end
    end
    return #paths > 0 and repo:open(paths[1]) or nil
  end
  local paths = repo:paths(`\{templates/{name},**/templates/{name}\}`)
  local theme, rest = name:match("^([^/]+)/(.+)$")
  if #paths == 0 and theme then
    -- Of a theme or a part of the program, whose templates lie in a folder of its own: `admin/users.html` is `admin/templates/users.html`.
    paths = repo:paths(`\{{theme}/templates/{rest},**/{theme}/templates/{rest}\}`)
  end
  return only(paths)
end

return M
