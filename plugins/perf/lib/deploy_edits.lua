-- Edits of deploy files: one more option of a command, one more entry beside others. Layout and comments stay; where the layout is not plain, there is no edit.

local M = {}

-- A setting of Terraform whose sign of equality stands below that of the line beside it, as its formatter has them.
local function aligned(text, beside)
  local name, value = text:match("^([%w_]+) (= .*)$")
  local before = beside:match("^([%w_]+ +)=")
  if not name or not before or #before <= #name then
    return text
  end
  return name .. (" "):rep(#before - #name) .. value
end

-- One more entry, or several in a list, on lines of their own before the one that begins at `number`, indented as it is.
function M.line_before(file, number, text)
  local line = file:line_span(number)
  local indent = line.source:match("^[ \t]+")
  local rest = line.source:sub(#(indent or "") + 1)
  if not indent or rest:sub(1, 1) == "-" or rest:sub(1, 1) == "#" or rest:find("^[{}%[%]]") then
    return nil
  end
  if file.path:find("%.tf$") and type(text) == "string" then
    text = aligned(text, rest)
  end
  local lines = if type(text) == "table" then table.concat(text, "\n" .. indent) else text
  return { { before = file:span(line.first + #indent, line.last), text = `{lines}\n{indent}` } }
end

-- One more entry of a map that is written over several lines.
function M.entry(file, map, text)
  if not map or map.kind ~= "map" or file.path:find("%.json$") or file.path:find("%.template$") then
    return nil
  end
  local first = map:entries()[1]
  local at = first and first.line
  if not at or at <= map.span.line and map.span.source:sub(1, 1) == "{" or map.key and at <= map.line then
    return nil
  end
  return M.line_before(file, at, text)
end

-- One more annotation of a revision, in a map that is written out.
function M.terraform_annotation(service, name, value)
  local annotations = service.at:get("template.metadata.annotations")
  if not annotations or annotations.tag then
    return nil
  end
  return M.entry(service.file, annotations, `"{name}" = "{value}"`)
end

-- One more setting in a nested block of a block of Terraform, which is written out with it where it is missing.
function M.terraform_setting(service, block, nested, text)
  local inner, how = block:get(nested)
  if how == "given" then
    return not inner.tag and M.entry(service.file, inner, text) or nil
  elseif how ~= "absent" then
    return nil
  end
  return M.entry(service.file, block, { `{nested} \{`, `  {text}`, "}" })
end

-- One more option of a command, behind the word at `verb`; a word more where the command is written as a list.
function M.option(service, text)
  local verb, following = service.command:arg_at(service.verb_at), service.command:arg_at(service.verb_at + 1)
  if not verb or service.action then
    return nil
  end
  local between = following and following.first > verb.last and service.file:span(verb.last + 1, following.first - 1).source or " "
  local quote = verb.source:match("^[\"']") or ""
  if between:find("^%s*,%s*$") then
    return { { after = verb, text = between .. quote .. text .. quote } }
  elseif between:find("^%s*\n%s*%-%s+$") or between:find("^%s*\n%s*%-%s*[\"']?$") then
    return { { after = verb, text = between:gsub("[\"']$", "") .. quote .. text .. quote } }
  end
  return { { after = verb, text = " " .. text } }
end

-- Another value for a setting that is written down; a quoted one stays quoted.
function M.value(given, text)
  local span = given.span
  if not span then
    return nil
  end
  local written = span.source
  local name, old = written:match("^([\"']?%-%-[%w-]+=)(.*)$")
  if name then
    return { { at = span, text = name .. text .. (if old:sub(-1):find("[\"']") then old:sub(-1) else "") } }
  end
  local quote = written:match("^[\"']") or ""
  return { { at = span, text = quote .. text:gsub("[\"']", "") .. quote } }
end

-- One more keyword of a call of CDK: a property of its last object, or a keyword argument.
function M.keyword(call, python, javascript)
  local arguments = call:children("arg")
  local last = arguments[#arguments]
  if call.file.language == "python" then
    for _, argument in arguments do
      if argument.kind == "kw-arg" then
        return { { before = argument, text = `{python}, ` } }
      end
    end
    return nil
  end
  local first = last and last.kind == "dict" and last:children("item")[1]
  return first and { { before = first, text = `{javascript}, ` } } or nil
end

return M
