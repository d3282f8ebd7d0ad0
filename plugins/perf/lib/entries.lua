-- Edits that add an argument to a call, or an entry to an object, in the way the code around is laid out.

local layout = require("layout")

local M = {}

-- Something added behind the last of several things that lie within `around`: on a line of its own where they have such.
function M.appended(around, last, text)
  local file = around.file
  if last.line == around.line then
    return { after = last, text = ", " .. text }
  end
  local indent = layout.indent(file, last.line)
  if file:line_span(last.line).source:sub(#indent + 1, #indent + 1) ~= last.source:sub(1, 1) or last.last_line == around.last_line then
    return { after = last, text = ", " .. text }
  end
  -- A comment behind the last one is about that one.
  local _, stop = last:bytes()
  local line = file:line_span(last.last_line)
  if line.source:sub(stop - line.first + 2):find("^%s*,%s*[/#]") then
    return { after = line, text = `\n{indent}{text},` }
  end
  return { after = last, text = `,\n{indent}{text}` }
end

-- The edits that add an entry to an object of JavaScript; nil where `node` is none.
function M.with_entry(node, text)
  if node.kind ~= "dict" then
    return nil
  end
  local items = node:children()
  local last = items[#items]
  if not last then
    return { { at = node, text = `\{ {text} \}` } }
  end
  local key = text:match("^%w+")
  for _, item in items do
    if item.kind == "pair" and item.source:match("^['\"]?(%w+)") == key then
      return { { at = item, text = text } }
    end
  end
  return { M.appended(node, last, text) }
end

return M
