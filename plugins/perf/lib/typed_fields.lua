-- Fields of a page that somebody types into: which elements are some, what their handlers are, and whether those wait or send at the end of the typing only.

local M = {}

-- Elements that are typed into, by their names; and what makes one of them something else.
local FIELDS = { "^input$", "^textarea$", "Input$", "InputBase$", "TextField$", "[Tt]ext[Aa]rea$", "Search%a*$", "SearchBar$", "^Form%.Control$", "^Input%.%a+$" }
local OTHER = { "File", "Date", "Time", "Number", "Check", "Radio", "Color", "Phone", "Otp", "OTP", "Pin", "Select", "Switch", "Slider", "Upload", "Image" }
local TYPES = { text = true, search = true, email = true, tel = true, url = true, password = true }
-- Properties under which handlers of typing stand.
M.EVENTS = { onChange = true, onInput = true, onKeyUp = true, onKeyDown = true, onInputChange = true, onChangeText = true, onValueChange = true }

-- What waits, and what sends at the end of the typing only.
local WAITS = { "debounce", "throttle", "settimeout", "deferred", "usetransition", "starttransition", "requestidlecallback", "ratelimit", "delay" }
local AT_END = { "Enter", "keyCode", ".which", ".key ==", "length ==", "length !=", ".files", "isComposing", ".checked" }

-- Whether a text names something that waits.
function M.waits(text)
  text = text:lower()
  for _, word in WAITS do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

-- Whether a function waits before it sends.
function M.is_slowed(fn)
  return M.waits(fn.source)
end

-- Whether a text names something that ends the typing.
function M.ends(text)
  for _, word in AT_END do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

local function prop(jsx, name)
  for _, arg in jsx:children("arg") do
    if arg.kind == "kw-arg" and arg.text == name then
      return arg
    end
  end
  return nil
end

-- Whether a text fits one of some forms.
function M.fits(text, forms)
  for _, form in forms do
    if text:find(form) then
      return true
    end
  end
  return false
end

-- Whether an element is one that text is typed into.
function M.is_field(jsx)
  if not M.fits(jsx.text, FIELDS) or M.fits(jsx.text, OTHER) or prop(jsx, "accept") or prop(jsx, "readOnly") then
    return false
  end
  local type = prop(jsx, "type")
  local value = type and type:child("value")
  if type then
    local name = value and value:literal()
    return TYPES[name] == true
  end
  if prop(jsx, "select") or M.fits(jsx.text, { "^Form%.Control$" }) and prop(jsx, "as") then
    return false
  end
  -- Properties that come from elsewhere may hold the type.
  for _, arg in jsx:children("arg") do
    if arg.kind == "spread" then
      return false
    end
  end
  return true
end

-- The file of the component that an element shows, for those of this repository.
function M.component_file(file, jsx)
  for _, node in file.root:children() do
    for _, item in node.kind == "import" and node:children("item") or {} do
      for _, name in item:descendants("name") do
        if name.text == jsx.text then
          local definition = name:definition()
          return definition and definition.file
        end
      end
    end
  end
  return nil
end

-- Whether a component of this repository waits itself before it says that it changed.
function M.waits_within(file, jsx)
  local other = M.component_file(file, jsx)
  if other then
    return M.waits(other.text) or M.fits(other.text, { "onBlur", "Enter" })
  end
  return M.waits(file.text) and jsx.text:find("^%u") ~= nil
end

-- The function that a handler is: itself, by its name, in `useCallback`, or a method of the class.
function M.function_of(value)
  if value.kind == "function" then
    return value
  elseif value.kind == "call" and (value.name == "useCallback" or value.name == "bind") then
    local inner = if value.name == "bind" then value:receiver() else value:arg(1)
    return inner and M.function_of(inner)
  elseif value.kind == "name" then
    local made = value:value() or value:definition()
    if made and made.kind ~= "name" then
      return M.function_of(made)
    end
    for _, fn in value.file.root:descendants("function") do
      if fn.text == value.text and fn.text ~= "" then
        return fn
      end
    end
  elseif value.kind == "attr" and value.source:find("^this%.") then
    local class = value:enclosing("class")
    for _, fn in class and class:descendants("function") or {} do
      if fn.text == value.name then
        return fn
      end
    end
  end
  return nil
end

-- Whether a request stands where it is sent once the typing is over.
function M.is_at_end(sent, fn)
  local branch = sent:enclosing("if")
  while branch and branch:is_within(fn) do
    local test = branch:child("test")
    if test and M.ends(test.source) then
      return true
    end
    branch = branch:enclosing("if")
  end
  return false
end

return M
