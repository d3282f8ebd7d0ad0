-- The change that takes a blocking Python call off the event loop: `f(a, b)` becomes `await asyncio.to_thread(f, a, b)`.

local M = {}

-- Where a parent takes any expression as it stands, `await` needs no brackets.
local PLAIN = { ["assign"] = true, ["return"] = true, ["expr-stmt"] = true, ["kw-arg"] = true, ["with-item"] = true, ["list"] = true }

local function import_edit(file)
  for _, import in file.root:descendants("import") do
    local parent = import:parent()
    if parent and parent.kind == "module" and import.text ~= "__future__" then
      return { before = import, text = "import asyncio\n" }
    end
  end
  return nil
end

-- A fix for `call`, or nil where it cannot be written in place.
function M.fix(file, call)
  local callee, parent = call:child("callee"), call:parent()
  if not callee or not parent or file.language ~= "python" or call:enclosing({ "comprehension" }) then
    return nil
  end
  -- Django's ORM is bound to the thread that it was first used in.
  if call:fact("orm") == "django" or callee.source:find("\n", 1, true) then
    return nil
  end
  local inner = call.source:sub(#callee.source + 1):match("^%s*%((.*)%)%s*$")
  if not inner then
    return nil
  end
  local text, title
  if call:is("time.sleep") then
    text, title = `await asyncio.sleep({inner})`, "wait without holding up the loop"
  else
    local separator = inner:match("^%s*$") and "" or inner:match("^\n") and "," or ", "
    text = `await asyncio.to_thread({callee.source}{separator}{separator == "" and "" or inner})`
    title = "hand the call to a thread"
  end
  local is_argument = parent.kind == "call" and not parent:child("callee"):same(call)
  if not PLAIN[parent.kind] and not is_argument then
    text = `({text})`
  end
  local edits = { { at = call, text = text } }
  if not file:imports("asyncio") then
    local import = import_edit(file)
    if not import then
      return nil
    end
    table.insert(edits, import)
  end
  return { title = title, safety = "unsafe", edits = edits }
end

return M
