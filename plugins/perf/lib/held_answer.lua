-- Middleware of Go that holds every answer back: a writer of its own whose `Write` fills a buffer and hands nothing on, until the handler is done.

local M = {}

-- What handlers stream: files, objects, archives.
local STREAMS = { "http.ServeContent(", "http.ServeFile(", "http.FileServer(", "http.FileServerFS(", "io.Copy(w", "io.Copy(c.Writer", "io.Copy(res", "io.Copy(rw" }

-- The type whose method a text declares, and what its body says.
local function method_of(text, first)
  local rest = text:sub(first)
  local owner = rest:match("^func%s+%(%s*[%w_]*%s*%*?([%w_]+)%s*%)%s*Write%(")
  local body = rest:match("{(.-)\n}")
  return owner, body
end

-- Whether a method `Write` that begins at a byte of a file of Go only fills a buffer of a type that stands for the answer.
function M.is_at(file, first)
  local owner, body = method_of(file.text, first)
  local fields = owner and file.text:match("type%s+" .. owner .. "%s+struct%s*(%b{})")
  if not fields or not body or not (fields:find("\n%s*http%.ResponseWriter%s*\n") or fields:find("http%.ResponseWriter%s*\n") or fields:find("%f[%w]gin%.ResponseWriter%s*\n")) then
    return false
  end
  local into = body:match("%.([%w_]+)%.Write%(")
  local is_buffer = into ~= nil and fields:find("%f[%w_]" .. into .. "%s+%*?bytes%.Buffer") ~= nil
  return is_buffer and select(2, body:gsub("%.Write%(", "")) == 1 and not body:find("%.WriteString%(") and not body:find("%f[%w]if%f[%W]")
end

-- Whether handlers of the repository stream what such a writer would hold.
function M.streams(repo)
  for _, path in repo:holding("**/*.go", STREAMS) do
    local file = repo:open(path)
    if file and file.class == "source" then
      return true
    end
  end
  return false
end

return M
