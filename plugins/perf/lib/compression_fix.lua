-- The fix that adds the middleware which compresses, behind the statement that makes the application.

local imports = require("imports")

local M = {}

-- Per framework, what is imported, from which module of Python, and what is written; with the package where it is not the framework's own.
local MIDDLEWARE = {
  fastapi = { from = "fastapi.middleware.gzip", import = "GZipMiddleware", line = "%s.add_middleware(GZipMiddleware, minimum_size=1000)" },
  starlette = { from = "starlette.middleware.gzip", import = "GZipMiddleware", line = "%s.add_middleware(GZipMiddleware, minimum_size=1000)" },
  flask = { from = "flask_compress", import = "Compress", line = "Compress(%s)", package = "flask-compress" },
  express = { import = "import compression from 'compression'", required = "const compression = require('compression')", line = "%s.use(compression())", package = "compression" },
  nestjs = { import = "import * as compression from 'compression'", line = "%s.use(compression())", package = "compression" },
}

-- Whether the name stands for another application later on: `app = VersionedFastAPI(app)` makes one without the middleware.
local function is_replaced(file, name, statement)
  for _, assign in file.root:descendants("assign") do
    local target = assign:child("target")
    if target and target.kind == "name" and target.text == name and assign.line > statement.last_line then
      return true
    end
  end
  return false
end

-- The edits that add the middleware behind the statement that makes the application.
function M.of(file, call, framework, name)
  local way = MIDDLEWARE[framework]
  local statement = call:statement()
  if not way or not name or not statement or is_replaced(file, name, statement) then
    return nil
  end
  local last_import, is_required = nil, false
  for _, child in file.root:children() do
    if child.kind == "import" then
      last_import = child
    end
  end
  if not last_import and way.required then
    is_required = true
    for _, child in file.root:children() do
      if child.source:match("require%(") and child.line < statement.line then
        last_import = child
      end
    end
  end
  if not last_import or last_import.line >= statement.line then
    return nil
  end
  local indent = file:line_span(statement.line).source:match("^%s*")
  local added = { after = statement, text = `\n{indent}{way.line:format(name)}{statement.source:match(";%s*$") and ";" or ""}` }
  local title = way.package and `add the middleware (needs the package {way.package})` or "add the middleware"
  local safety = way.package and "shown-only" or "unsafe"
  if way.from then
    local edits = imports.edits(file, way.from, way.import)
    if not edits then
      return nil
    end
    table.insert(edits, added)
    return { title = title, safety = safety, edits = edits }
  end
  local ending = statement.source:match(";%s*$") and ";" or ""
  local quote = file.text:find("from \"", 1, true) and "\"" or "'"
  local import = (is_required and way.required or way.import):gsub("'", quote)
  return {
    title = title,
    safety = safety,
    edits = { { after = last_import, text = `\n{import}{ending}` }, added },
  }
end

return M
