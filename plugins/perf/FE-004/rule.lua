-- Fonts that come with every glyph: files that a style or `next/font/local` names, by their size and by what the style says of the characters in them, and icon fonts that bring
-- a whole set.

local client_assets = require("client_assets")
local client_package = require("client_package")

-- Bytes from which a WOFF2 holds more than the letters of a few scripts; other formats are packed worse, or not.
local LEAST = { woff2 = 100000, woff = 130000, ttf = 200000, otf = 200000 }
-- Of the formats that a style offers, the first that a browser takes.
local ORDER = { "woff2", "woff", "ttf", "otf" }

-- The blocks `@font-face { ... }` of a style: text and position.
local function faces_of(text)
  local all, at = {}, 1
  while true do
    local first, last = text:find("@font%-face%s*{[^{}]*}", at)
    if not first then
      return all
    end
    table.insert(all, { text = text:sub(first, last), first = first, last = last })
    at = last + 1
  end
end

-- The file that browsers take of what a block offers, with its size and format.
local function taken(repo, file, text)
  local by_format = {}
  for written in text:gmatch("url%(%s*[\"']?([^\"')]+)") do
    local ending = written:gsub("[?#].*$", ""):match("%.(%w+)$")
    if ending and LEAST[ending] and not by_format[ending] then
      by_format[ending] = written
    end
  end
  for _, format in ORDER do
    if by_format[format] then
      local path = client_assets.resolve(repo, file.path, by_format[format])
      local size = path and repo:size(path)
      return size and { path = path, size = size, format = format } or nil
    end
  end
  return nil
end

local function is_part(text)
  text = text:gsub("/%*.-%*/", "")
  return text:find("unicode%-range") ~= nil or text:lower():find("subset") ~= nil or text:lower():find("[%-_.]latin") ~= nil
end

local function report_fonts(file, report, all)
  table.sort(all, function(left, right)
    return left.size > right.size or left.size == right.size and left.path < right.path
  end)
  local first = all[1]
  if not first then
    return
  end
  local sum, related = 0, {}
  for at, font in all do
    sum += font.size
    if at > 1 and at <= 8 then
      table.insert(related, { at = font.at, message = `{font.path:match("[^/]+$")}, {font.size // 1000} kB` })
    end
  end
  local more = #all > 1 and `, and {#all - 1} more like it with {(sum - first.size) // 1000} kB` or ""
  report({
    at = first.at,
    message = `{first.path:match("[^/]+$")} has {first.size // 1000} kB{more}: it comes with every glyph, for a page that shows a few scripts`,
    confidence = "medium",
    reach = "unknown",
    related = related,
    notes = { fonts = #all, ["bytes"] = sum },
  })
end

local function check_faces(file, report, repo)
  local all, seen = {}, {}
  for _, face in faces_of(file.text) do
    local font = not is_part(face.text) and taken(repo, file, face.text)
    if font and font.size >= LEAST[font.format] and not seen[font.path] then
      seen[font.path] = true
      local name = font.path:match("[^/]+$"):gsub("%W", "%%%0")
      local at = file.text:find(name, face.first)
      font.at = at and file:span(at, at + #font.path:match("[^/]+$") - 1) or file:span(face.first, face.first + 9)
      table.insert(all, font)
    end
  end
  report_fonts(file, report, all)
end

-- Fonts that `next/font/local` packs as they are.
local function check_local(file, calls, report, repo)
  local all = {}
  for _, call in calls do
    for _, text in call:descendants("str") do
      local ending = text.text:match("%.(%w+)$")
      local path = ending and LEAST[ending] and not is_part(text.text) and client_assets.resolve(repo, file.path, text.text)
      local size = path and repo:size(path)
      if size and size >= LEAST[ending] then
        table.insert(all, { path = path, size = size, format = ending, at = text })
      end
    end
  end
  report_fonts(file, report, all)
end

-- Icon fonts that Google's service hands out whole. It cuts Material Symbols to the icons that `icon_names=` lists; the older Material Icons come whole, whatever the address says.
local function check_link(match, report)
  local address = match.span.source:gsub("%%20", "+")
  local name = (address:match("Material%+%a+[+%a]*") or "Material+Icons"):gsub("%+", " ")
  local is_symbols = name:find("^Material Symbols") ~= nil
  if is_symbols and (address:find("icon_names=", 1, true) or address:find("text=", 1, true)) then
    return
  end
  local advice = is_symbols and "icon_names= in it brings those that are shown" or "there is no option for fewer, the SVG of each icon that is shown, or Material Symbols with icon_names=, brings those alone"
  report({
    at = match.span,
    message = `this address brings every icon of {name}; {advice}`,
    confidence = "medium",
    reach = "unknown",
  })
end

local function report_package(at, module, fact, report)
  local size = fact.icon_font_kb and ` ({fact.icon_font_kb} kB)` or ""
  report({
    at = at,
    message = `{module} brings a font with every icon of its set{size}; take {fact.icon_font} for those that are shown`,
    confidence = "medium",
    reach = "startup",
    notes = { package = module },
  })
end

local function check_package(repo, node, report)
  local module = node.text
  if node.kind == "call" then
    local first = node:arg(1)
    module = first and first.text or ""
  end
  local fact = repo:fact("require " .. module)
  if fact and fact.icon_font then
    report_package(node, module, fact, report)
  end
end

-- The file of a package that an address at jsDelivr or unpkg names: `@mdi/font@7/css/materialdesignicons.min.css` without its version.
local function delivered_file(address)
  local rest = address:gsub("^//cdn%.jsdelivr%.net/npm/", ""):gsub("^//unpkg%.com/", "")
  local scope, name, path = rest:match("^(@[^/]+/)([^/@]+)@?[^/]*/(.+)$")
  if not scope then
    scope, name, path = "", rest:match("^([^/@]+)@?[^/]*/(.+)$")
  end
  return name and `{scope}{name}/{path}` or nil
end

local function check_delivered(repo, match, report)
  local module = delivered_file(match.span.source)
  -- The network packs any style on request.
  local fact = module and (repo:fact("require " .. module) or repo:fact("require " .. module:gsub("%.min%.css$", ".css")))
  if fact and fact.icon_font then
    report_package(match.span, module, fact, report)
  end
end

return {
  check = function(file, matches, report, repo)
    if file.path:find("%.stories%.") or file.path:lower():find("demo", 1, true) or client_package.is_installed((client_package.dependencies(repo, file.path))) then
      return
    end
    local calls, is_done = {}, false
    for _, match in matches do
      -- What a build has written stands on few lines; its sources are judged.
      if match.span and #file:line_span(match.span.line).source > 2000 then
        return
      end
      if match.matcher == "face" and not is_done then
        is_done = true
        check_faces(file, report, repo)
      elseif match.matcher == "local" then
        table.insert(calls, match.node)
      elseif match.matcher == "link" then
        check_link(match, report)
      elseif match.matcher == "package" then
        check_package(repo, match.node, report)
      elseif match.matcher == "delivered" then
        check_delivered(repo, match, report)
      end
    end
    if #calls > 0 then
      check_local(file, calls, report, repo)
    end
  end,
}
