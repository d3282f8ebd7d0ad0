-- Edits that bring a name into a file of Python, and a package of its own library into one of Go.

local layout = require("layout")

local imports = {}

-- Modules that come with Python, by which the block of imports is told in which another of them belongs.
local OWN = {}
for word in ([[
  abc argparse array ast asyncio base64 bisect calendar codecs collections concurrent configparser contextlib contextvars copy csv ctypes
  dataclasses datetime decimal difflib email enum errno fnmatch fractions functools gc getpass glob gzip hashlib heapq hmac html http
  importlib inspect io ipaddress itertools json locale logging math mimetypes multiprocessing operator os pathlib pickle pkgutil platform
  pprint queue random re secrets select shlex shutil signal smtplib socket sqlite3 ssl stat statistics string struct subprocess sys tarfile
  tempfile textwrap threading time timeit tokenize traceback types typing unittest urllib uuid warnings weakref xml zipfile zlib zoneinfo
]]):gmatch("%a%w+") do
  OWN[word] = true
end

-- Whether an import is of one of Python's own modules.
local function is_own(import)
  return OWN[import.text:match("^[%w_]+") or ""] == true
end

-- Whether an import binds `name` to `module`, or to what `module` has under that name.
local function binds(import, module, name)
  for _, item in import:children("item") do
    local target = item:child("target")
    if not name and item.text == "" and target and target.text == module then
      -- `import os.path` binds `os`, too.
      return import.text == module or import.text:sub(1, #module + 1) == module .. "."
    elseif name and import.text == module and item.text == name and target and target.text == name then
      return true
    end
  end
  return false
end

-- Whether a statement is `import a`, and not `from a import b`.
local function is_plain(import)
  return import.file:line_span(import.line).source:find("^import%s") ~= nil
end

-- Where the code of a file begins: behind its docstring, as {after = ...} or {before = ...}; nil for a file without code.
local function head(file)
  local first = file.root:children()[1]
  if not first then
    return nil
  end
  local value = first.kind == "expr-stmt" and first:child("value")
  if value and value.kind == "str" then
    return { after = file:line_span(first.last_line), text = "\n\n%s" }
  end
  local line = first.line
  for _, decorator in first:children("decorator") do
    line = math.min(line, decorator.line)
  end
  return { before = file:line_span(line), text = "%s\n\n" }
end

-- The edits that make `import module` hold, or `from module import name`; none where it holds, nil where there is no place.
function imports.edits(file, module, name)
  local all, future = {}, nil
  for _, child in file.root:children() do
    if child.kind == "import" then
      if child.text == "__future__" then
        future = child
      elseif binds(child, module, name) then
        return {}
      elseif #all == 0 or child.line ~= all[#all].line then
        table.insert(all, child)
      end
    end
  end
  -- One more name of a module that names are taken from already.
  for _, import in all do
    local items = import:children("item")
    local last = items[#items]
    if name and import.text == module and last and import.source:find("^from") and last.text ~= "" then
      return { { after = last, text = `, {name}` } }
    end
  end
  local text = name and `from {module} import {name}` or `import {module}`
  if #all == 0 then
    local place = future and { after = file:line_span(future.last_line), text = "\n\n%s" } or head(file)
    if not place then
      return nil
    end
    place.text = place.text:format(text)
    return { place }
  end
  -- Beside those of the same package, wherever they stand.
  local package, beside = module:match("^[%w_]+"), nil
  for _, import in name and all or {} do
    if import.text:match("^[%w_]+") == package and not is_plain(import) then
      if not beside or import.text < module then
        beside = import
      end
    end
  end
  if beside and beside.text < module then
    return { { after = file:line_span(beside.last_line), text = `\n{text}` } }
  elseif beside then
    return { { before = file:line_span(beside.line), text = `{text}\n` } }
  end
  -- Among the imports of its kind: `import a` in their order, then `from a import b`.
  local above, below, is_block = nil, nil, false
  for _, import in all do
    if is_own(import) == (OWN[module:match("^[%w_]+")] == true) then
      local plain = is_plain(import)
      is_block = true
      if plain == (name == nil) and import.text < module or plain and name ~= nil then
        above = import
      end
      below = below or import
    elseif is_block then
      break
    end
  end
  if above then
    return { { after = file:line_span(above.last_line), text = `\n{text}` } }
  end
  if below then
    return { { before = file:line_span(below.line), text = `{text}\n` } }
  end
  if OWN[module:match("^[%w_]+")] then
    return { { before = file:line_span(all[1].line), text = `{text}\n\n` } }
  end
  return { { after = file:line_span(all[#all].last_line), text = `\n{text}` } }
end

-- The edits by which a Go file imports a package of Go's own library; none where it does, nil where there is no place.
function imports.go(file, package)
  local above, first = nil, nil
  for _, child in file.root:descendants("import") do
    if child.text == package then
      return child.source:find('^"') ~= nil and {} or nil
    elseif not child.text:match("^[^/]*%.") then
      first = first or child
      above = child.text < package and child or above
    end
  end
  local beside = above or first
  if not beside then
    return nil
  end
  local line = file:line_span(beside.line)
  if line.source:find("^import") then
    return { { after = line, text = `\nimport "{package}"` } }
  end
  local text = `{layout.indent(file, beside.line)}"{package}"`
  return { above and { after = line, text = "\n" .. text } or { before = line, text = text .. "\n" } }
end

-- How often a name is read in a file.
function imports.reads(file, name)
  local count = 0
  for _, node in file.root:descendants("name") do
    if node.text == name and node:role() ~= "target" then
      count += 1
    end
  end
  return count
end

-- What binds a name in `from module import name`.
function imports.item(file, module, name)
  for _, child in file.root:children() do
    for _, item in child.kind == "import" and child.text == module and child:children("item") or {} do
      if item.text == name and item.source == name then
        return item
      end
    end
  end
  return nil
end

-- The edits that take `import module` out again when its last `reads` reads go; nil when there are more, or it is bound otherwise.
function imports.unused(file, module, reads)
  for _, child in file.root:children() do
    if child.kind == "import" and child.source == `import {module}` and child.line == child.last_line then
      local line = file:line_span(child.line)
      if imports.reads(file, module) == reads and line.source == child.source then
        return { { at = file:span(line.first, layout.stop(file, line)), text = "" } }
      end
    end
  end
  return nil
end

return imports
