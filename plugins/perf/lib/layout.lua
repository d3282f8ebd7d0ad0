-- How a file is laid out, so that what a fix writes into it looks as what stands there.

local layout = {}

-- What the line begins with.
function layout.indent(file, line)
  return file:line_span(line).source:match("^[ \t]*")
end

-- The last byte of a line with its end, whatever it ends with; `line` is its span.
function layout.stop(file, line)
  local behind = file.text:match("^[ \t]*\r?\n()", line.last + 1)
  return behind and behind - 1 or #file.text
end

-- One step of indentation: a tab where the line or the file has tabs, else the smallest step that any line is indented by.
function layout.step(file, indent)
  if (indent or ""):find("\t", 1, true) or file.text:find("\n\t", 1, true) then
    return "\t"
  end
  local least = nil
  for spaces, sign in file.text:gmatch("\n( +)([^%s])") do
    -- Lines of a block comment begin with a star, one space further to the right.
    if #spaces > 1 and sign ~= "*" and (not least or #spaces < least) then
      least = #spaces
    end
  end
  return (" "):rep(least and math.min(least, 4) or 4)
end

-- How wide a line of the file may get: as wide as one that is there, within what formatters take for wide.
function layout.width(file)
  local widest = 88
  for line in file.text:gmatch("[^\r\n]+") do
    widest = math.max(widest, #line)
  end
  return math.min(widest, 120)
end

-- Whether a part of the node spans lines by itself, as long strings do, so that it cannot be moved.
function layout.is_fixed(node)
  for _, text in node:descendants({ "str", "template" }) do
    if text.line ~= text.last_line then
      return true
    end
  end
  return node.source:find("\\\r?\n") ~= nil
end

-- A text that spans lines, its further lines moved from one indentation to another.
function layout.moved(text, from, to)
  return (text:gsub("\n([ \t]*)([^\r\n])", function(indent, sign)
    if indent:sub(1, #from) == from then
      return `\n{to}{indent:sub(#from + 1)}{sign}`
    end
    return `\n{indent}{sign}`
  end))
end

-- Whether the file puts a comma behind the last of several lines.
function layout.has_last_commas(file)
  local _, with = file.text:gsub(",[ \t\r]*\n%s*[%]%)}]", "")
  local _, without = file.text:gsub("[^,%s%({%[;][ \t\r]*\n%s*[%]%)]", "")
  return with >= without
end

-- What ends a statement: nothing in Python, and as its imports or its other lines end in JavaScript.
function layout.ending(file)
  if file.language == "python" or file.language == "go" then
    return ""
  end
  local _, with = file.text:gsub(";[ \t\r]*\n", "")
  local _, without = file.text:gsub("[%w'\"%)][ \t\r]*\n", "")
  return with * 3 >= without and ";" or ""
end

-- The quotes that the file writes its strings with.
function layout.quote(file)
  local _, double = file.text:gsub('"', "")
  local _, single = file.text:gsub("'", "")
  return double >= single and '"' or "'"
end

return layout
