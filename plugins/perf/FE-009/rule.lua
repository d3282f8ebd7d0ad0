-- A request that what is typed into a field sends: from the field's handler, or from an effect or a query that hangs on the state which the handler sets. Whatever
-- waits on the way (a debounce, a timer, a deferred value) makes it none.

local client_requests = require("client_requests")

-- Elements that are typed into, by their names; and what makes one of them something else.
local FIELDS = { "^input$", "^textarea$", "Input$", "InputBase$", "TextField$", "[Tt]ext[Aa]rea$", "Search%a*$", "SearchBar$", "^Form%.Control$", "^Input%.%a+$" }
local OTHER = { "File", "Date", "Time", "Number", "Check", "Radio", "Color", "Phone", "Otp", "OTP", "Pin", "Select", "Switch", "Slider", "Upload", "Image" }
local TYPES = { text = true, search = true, email = true, tel = true, url = true, password = true }
local EVENTS = { onChange = true, onInput = true, onKeyUp = true, onKeyDown = true, onInputChange = true, onChangeText = true, onValueChange = true }

-- What waits, and what sends at the end of the typing only.
local WAITS = { "debounce", "throttle", "settimeout", "deferred", "usetransition", "starttransition", "requestidlecallback", "ratelimit", "delay" }
local AT_END = { "Enter", "keyCode", ".which", ".key ==", "length ==", "length !=", ".files", "isComposing", ".checked" }

local function waits(text)
  text = text:lower()
  for _, word in WAITS do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

local function is_slowed(fn)
  return waits(fn.source)
end

local function ends(text)
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

local function fits(text, forms)
  for _, form in forms do
    if text:find(form) then
      return true
    end
  end
  return false
end

local function is_field(jsx)
  if not fits(jsx.text, FIELDS) or fits(jsx.text, OTHER) or prop(jsx, "accept") or prop(jsx, "readOnly") then
    return false
  end
  local type = prop(jsx, "type")
  local value = type and type:child("value")
  if type then
    local name = value and value:literal()
    return TYPES[name] == true
  end
  if prop(jsx, "select") or fits(jsx.text, { "^Form%.Control$" }) and prop(jsx, "as") then
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
local function component_file(file, jsx)
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
local function waits_within(file, jsx)
  local other = component_file(file, jsx)
  if other then
    return waits(other.text) or fits(other.text, { "onBlur", "Enter" })
  end
  return waits(file.text) and jsx.text:find("^%u") ~= nil
end

-- The function that a handler is: itself, by its name, in `useCallback`, or a method of the class.
local function function_of(value)
  if value.kind == "function" then
    return value
  elseif value.kind == "call" and (value.name == "useCallback" or value.name == "bind") then
    local inner = if value.name == "bind" then value:receiver() else value:arg(1)
    return inner and function_of(inner)
  elseif value.kind == "name" then
    local made = value:value() or value:definition()
    if made and made.kind ~= "name" then
      return function_of(made)
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

-- The names of the state that a handler sets to what was typed: `query` for `setQuery(e.target.value)`.
local function states_of(file, value, fn)
  local setters, names = {}, {}
  if value.kind == "name" then
    setters[value.text] = true
  end
  for _, call in fn and fn:descendants("call") or {} do
    local callee = call:child("callee")
    if callee and callee.kind == "name" and call.source:find("value", 1, true) or callee and callee.kind == "name" and call:arg(1) and call:arg(1).kind == "name" and call:arg(1):param_position() then
      setters[callee.text] = true
    end
  end
  for _, assign in file.root:descendants("assign") do
    local target, made = assign:child("target"), assign:child("value")
    if target and made and made.kind == "call" and made.name == "useState" then
      local parts = target:descendants("name")
      if #parts == 2 and setters[parts[2].text] then
        names[parts[1].text] = made
      end
    end
  end
  return names
end

local function reads(node, names)
  for _, name in node:descendants("name") do
    if names[name.text] then
      return name
    end
  end
  return nil
end

-- Hooks that ask again when what they are given changes.
local QUERY_HOOKS = { "^use%a*Query$", "^useSWR%a*$", "^useFetch$", "^useAsync$", "^useRequest$" }

-- What hangs on a state and sends: an effect with the state among what it depends on, or a query with the state in its key.
local function hanging(component, names)
  for _, call in component:descendants("call") do
    local deps = call:arg(2)
    if call.name == "useEffect" or call.name == "useLayoutEffect" then
      local effect = call:arg(1)
      local read = nil
      -- A part of the state, `link.owner`, may be what no key changes.
      for _, item in deps and deps.kind == "list" and deps:children("item") or {} do
        read = read or item.kind == "name" and names[item.text] and item or nil
      end
      local sent = read and effect and effect.kind == "function" and not waits(effect.source) and client_requests.first_sent(effect, is_slowed)
      if sent then
        return call, sent, read
      end
    elseif call.name:find("^use%u") and call.name ~= "useState" and call.name ~= "useMemo" and call.name ~= "useCallback" and call.name ~= "useRef" and not waits(call.source) then
      local read = nil
      for _, arg in call:args() do
        -- A function that is handed on reads the state when it is called.
        if arg.kind ~= "function" then
          read = read or (arg.kind == "name" and names[arg.text] and arg) or reads(arg, names)
        end
      end
      local enabled = nil
      for _, arg in call:args() do
        enabled = enabled or arg.kind == "dict" and arg:entry("enabled") or nil
      end
      local is_open = not enabled or reads(enabled, names) ~= nil or enabled.kind == "name" and names[enabled.text] ~= nil
      if read and is_open then
        if fits(call.name, QUERY_HOOKS) and #call:callees() == 0 and not call.name:find("Selector") then
          local is_library = call:is({ "@tanstack/react-query.*", "react-query.*", "swr.**", "@apollo/client.**", "ahooks.*", "urql.*", "@trpc/**" }) or call.name:find("^useSWR")
          if is_library then
            return call, call, read
          end
        end
        for _, callee in call:callees() do
          local fn = callee.node
          if not is_slowed(fn) then
            local sent = client_requests.first_sent(fn, is_slowed)
            local query = nil
            for _, inner in fn:descendants("call") do
              query = query or (fits(inner.name, { "^useQuery$", "^useSWR%a*$" }) and inner or nil)
            end
            if sent and query then
              return call, query, read
            end
          end
        end
      end
    end
  end
  return nil
end

local function component_around(node)
  local fn, found = node:func(), nil
  while fn do
    found = fn.node
    local up = fn.node:parent()
    fn = up and up:func()
  end
  return found
end

-- Whether a handler that many fields share decides by the field's name what it does: which fields send is not seen.
local function asks_which_field(fn)
  for _, branch in fn:descendants({ "if", "switch", "conditional" }) do
    local test = branch:child("test") or branch:child("value")
    local source = test and test.source or ""
    if source:find("%f[%w_]name%f[^%w_]") or source:find("target%.id%f[^%w_]") then
      return true
    end
  end
  return false
end

-- Whether a request stands where it is sent once the typing is over.
local function is_at_end(sent, fn)
  local branch = sent:enclosing("if")
  while branch and branch:is_within(fn) do
    local test = branch:child("test")
    if test and ends(test.source) then
      return true
    end
    branch = branch:enclosing("if")
  end
  return false
end

local function check_elements(file, report, seen)
  for _, jsx in file.root:descendants("jsx") do
    for _, arg in is_field(jsx) and jsx:children("arg") or {} do
      local value = EVENTS[arg.text] and arg:child("value")
      if value and not waits(value.source) and not waits_within(file, jsx) then
        local fn = function_of(value)
        local made = value.kind == "name" and (value:value() or value:definition())
        if fn and not waits(fn.source) and not ends(fn.source) and not (made and waits(made.source)) then
          local sent = client_requests.first_sent(fn, is_slowed)
          if sent and not is_at_end(sent, fn) and not asks_which_field(fn) then
            report({
              at = arg,
              message = `every key typed into this {jsx.text} sends a request`,
              confidence = "medium",
              reach = "unknown",
              related = { { at = sent, message = "the request" } },
            })
            sent = nil
            break
          end
        end
        local component = component_around(jsx)
        if component and (arg.text ~= "onKeyUp" and arg.text ~= "onKeyDown") and not (fn and (waits(fn.source) or ends(fn.source))) then
          local names = states_of(file, value, fn)
          local hook, sent, name = nil, nil, nil
          if next(names) then
            hook, sent, name = hanging(component, names)
          end
          if hook and not seen[hook.id] then
            seen[hook.id] = true
            local related = { { at = arg, message = `every key sets {name.text}` } }
            if not sent:same(hook) then
              table.insert(related, { at = sent, message = "the request" })
            end
            report({
              at = hook,
              message = `{hook.name} hangs on {name.text}, which every key typed into {jsx.text} changes, and sends a request each time`,
              confidence = "medium",
              reach = "unknown",
              related = related,
            })
          end
        end
      end
    end
  end
end

-- Whether a text field of a file gives what is typed to the property of that name: `onChange={(event) => props.setText(event.target.value)}`.
local function hands_on(file, property)
  for _, jsx in file.root:descendants("jsx") do
    for _, arg in is_field(jsx) and jsx:children("arg") or {} do
      local value = EVENTS[arg.text] and arg:child("value")
      local fn = value and function_of(value)
      if fn and not ends(fn.source) and fn.source:find("value", 1, true) and fn.source:find(`%f[%w_]{property}%(`) then
        return arg
      end
    end
  end
  return nil
end

-- State that a field in another component of this repository sets.
local function check_handed(file, report, seen)
  if not file.text:find("useState", 1, true) or not (file.text:find("useEffect", 1, true) or file.text:find("use%u%w*Query") or file.text:find("useSWR", 1, true)) then
    return
  end
  local pairs_of = {}
  for _, assign in file.root:descendants("assign") do
    local target, made = assign:child("target"), assign:child("value")
    local parts = target and made and made.kind == "call" and made.name == "useState" and target:descendants("name") or {}
    if #parts == 2 then
      pairs_of[parts[2].text] = { state = parts[1].text, made = made }
    end
  end
  for _, jsx in file.root:descendants("jsx") do
    for _, arg in jsx.text:find("^%u") and jsx:children("arg") or {} do
      local value = arg.kind == "kw-arg" and arg:child("value")
      local pair = value and value.kind == "name" and pairs_of[value.text]
      if pair then
        local names = { [pair.state] = pair.made }
        local component = component_around(jsx)
        local hook, sent, name = nil, nil, nil
        if component then
          hook, sent, name = hanging(component, names)
        end
        local other = hook and not seen[hook.id] and component_file(file, jsx)
        local field = other and other.root and not waits(other.text) and hands_on(other, arg.text)
        if field then
          seen[hook.id] = true
          local related = { { at = field, message = `every key sets {name.text}` } }
          if not sent:same(hook) then
            table.insert(related, { at = sent, message = "the request" })
          end
          report({
            at = hook,
            message = `{hook.name} hangs on {name.text}, which every key typed into {jsx.text} changes, and sends a request each time`,
            confidence = "medium",
            reach = "unknown",
            related = related,
          })
        end
      end
    end
  end
end

local KEYS = { input = true, keyup = true, keydown = true, keypress = true }

-- Handlers that are put on an element of the page: `field.addEventListener("input", search)`, `$("#q").on("keyup", search)`, `$("#q").keyup(search)`.
local function check_listener(call, report)
  local first, handler = call:arg(1), call:arg(2)
  if call.name == "keyup" or call.name == "keydown" then
    handler = first
  elseif not first or not KEYS[first:literal()] then
    return
  end
  if call.name == "on" and handler and handler.kind == "str" then
    handler = call:arg(3)
  end
  local receiver = call:receiver()
  local on = receiver and receiver.source or ""
  -- Keys of the whole page are commands, and what is chosen is no key.
  if not handler or on == "document" or on == "window" or fits(on:gsub("querySelector", ""):lower(), { "file", "select", "check", "slider", "range", "color" }) then
    return
  end
  local fn = function_of(handler)
  if fn and not waits(fn.source) and not ends(fn.source) then
    local sent = client_requests.first_sent(fn, is_slowed)
    if sent and not is_at_end(sent, fn) then
      report({ at = call, message = `every key in {on:sub(1, 40)} sends a request`, confidence = "medium", reach = "unknown", related = { { at = sent, message = "the request" } } })
    end
  end
end

-- Forms of Angular: `search.valueChanges.pipe(switchMap(...))`.
local function check_stream(call, report)
  local source = call.source
  local chain = source:match("^([%s%S]-)valueChanges")
  if call.name ~= "pipe" or not chain or not fits(chain:lower(), { "search", "query", "term", "filter", "keyword" }) then
    return
  end
  local is_sending = fits(source, { "switchMap%(", "mergeMap%(", "concatMap%(", "exhaustMap%(" })
  if is_sending and not fits(source, { "debounce", "throttle", "audit", "sample", "updateOn" }) and not call.file.text:find("updateOn", 1, true) then
    report({ at = call, message = "every key in this control starts what switchMap sends", confidence = "medium", reach = "unknown" })
  end
end

-- Templates, which are read as text: the method that a field calls, and what it does.
local HANDLERS = { "<input[^>]-@input=\"([%w_]+)", "<input[^>]-@keyup=\"([%w_]+)", "<input[^>]-on:input={([%w_]+)}", "<input[^>]-on:keyup={([%w_]+)}", "<input[^>]-oninput={([%w_]+)}", "<v%-text%-field[^>]-@input=\"([%w_]+)", "<el%-input[^>]-@input=\"([%w_]+)" }
local REQUESTS = { "axios%.%a+%(", "%f[%w$]fetch%(", "%$http%.", "%$fetch%(", "%$axios%.", "[aA]pi%.get%(", "http%.get%(" }

local function check_template(file, report)
  local text = file.text
  if waits(text) then
    return
  end
  for _, form in HANDLERS do
    for name in text:gmatch(form) do
      local at = text:find(`function%s+{name}%s*%(`) or text:find(`\n%s*async%s+{name}%s*%(`) or text:find(`\n%s*{name}%s*%([^)\n]*%)%s*{"{"}`) or text:find(`const%s+{name}%s*=`)
      local body = at and text:sub(at + 1):match("^(.-)\n%s?%s?%s?%s?}") or nil
      if body and fits(body, REQUESTS) and not ends(body) then
        local _, line = text:sub(1, (text:find(name, text:find(form) or 1, true)) or 1):gsub("\n", "")
        report({ at = file:line_span(line + 1), message = `every key typed into this field calls {name}, which sends a request`, confidence = "medium", reach = "unknown" })
        return
      end
    end
  end
end

return {
  check = function(file, matches, report)
    if file.path:find("%.stories%.") then
      return
    elseif file.path:find("%.vue$") or file.path:find("%.svelte$") then
      return check_template(file, report)
    end
    local is_elements_done = false
    for _, match in matches do
      if match.matcher == "element" and not is_elements_done then
        is_elements_done = true
        local seen = {}
        check_elements(file, report, seen)
        check_handed(file, report, seen)
      elseif match.matcher == "listener" then
        check_listener(match.node, report)
      elseif match.matcher == "stream" then
        check_stream(match.node, report)
      end
    end
  end,
}
