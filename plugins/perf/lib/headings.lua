-- The headings of a document in Markdown, reStructuredText or AsciiDoc, each with what stands beneath it.

local headings = {}

-- Levels of the lines that underline a title.
local UNDERLINES = { ["="] = 1, ["-"] = 2, ["~"] = 3, ["^"] = 4, ['"'] = 4, ["*"] = 2, ["+"] = 3, ["#"] = 1 }

-- The level that a line gives to the one above it, nil when it underlines nothing. Markdown knows two of the signs.
local function underline(line, title, is_markdown)
  local sign = line:match("^([=%-~^\"*+#])%1%1+%s*$")
  if not sign or is_markdown and sign ~= "=" and sign ~= "-" then
    return nil
  end
  local is_title = title ~= nil and title:find("^%s*[%w`'\"(*]") ~= nil and not title:find("|", 1, true) and not title:find("^%s*[*+-]%s")
  return is_title and (is_markdown or #line + 2 >= #title) and UNDERLINES[sign] or nil
end

-- The level and text of a heading that stands on one line.
local function on_one_line(line, kind)
  local sign, text
  if kind == "markdown" then
    sign, text = line:match("^(#+)%s+(.-)%s*#*$")
  elseif kind == "asciidoc" then
    sign, text = line:match("^(=+)%s+(.-)%s*$")
  end
  return sign and #sign, text
end

local KINDS = { md = "markdown", mdx = "markdown", markdown = "markdown", rst = "restructured", adoc = "asciidoc", asciidoc = "asciidoc" }

-- Every heading in order: {level, text, line, body, above}; `above` is the text of those that it stands under.
function headings.of(file)
  local kind = KINDS[file.path:match("%.(%w+)$") or ""] or "markdown"
  local lines = string.split(file.text, "\n")
  local found = {}
  local is_fenced, in_front = false, lines[1] ~= nil and lines[1]:find("^%-%-%-%s*$") ~= nil
  for at, raw in lines do
    local line = raw:gsub("\r$", "")
    if in_front then
      local title = line:match("^title:%s*[\"']?(.-)[\"']?%s*$")
      if title then
        table.insert(found, { level = 1, text = title, line = at })
      end
      in_front = at == 1 or not line:find("^%-%-%-%s*$")
    elseif line:find("^%s*```") or line:find("^%s*~~~%s*%w*%s*$") and kind == "markdown" or kind == "asciidoc" and line:find("^%-%-%-%-%s*$") then
      is_fenced = not is_fenced
    elseif not is_fenced then
      local level, text = on_one_line(line, kind)
      local below = not level and kind ~= "asciidoc" and lines[at + 1] and underline((lines[at + 1]:gsub("\r$", "")), line, kind == "markdown")
      if level or below then
        table.insert(found, { level = level or below, text = text or line:match("^%s*(.-)%s*$"), line = at })
      end
    end
  end
  for at, heading in found do
    local last = #lines
    for later = at + 1, #found do
      if found[later].level <= heading.level then
        last = found[later].line - 1
        break
      end
    end
    heading.body = table.concat(lines, "\n", heading.line + 1, last)
    local above, level = {}, heading.level
    for earlier = at - 1, 1, -1 do
      if found[earlier].level < level then
        level = found[earlier].level
        table.insert(above, found[earlier].text)
      end
    end
    heading.above = table.concat(above, " ")
  end
  return found
end

return headings
