-- Renders that nobody asked for: a context whose value is made anew whenever its provider is rendered for a reason that the value has no part in, and memoised components that
-- are given a new object or function each time.

local client_package = require("client_package")
local words = require("words")

-- Hooks of libraries after whose change a component is rendered again.
local HOOKS = {
  useContext = true, useSelector = true, useLocation = true, usePathname = true, useSearchParams = true, useParams = true, useQuery = true, useSWR = true, useMediaQuery = true, useWindowSize = true, useTransition = true,
  useSession = true, useTheme = true, useNavigation = true,
}

-- What a compiler memoises by itself.
local COMPILERS = { "babel-plugin-react-compiler", "react-compiler-runtime", "million" }

local function is_compiled(repo, file)
  local dependencies = client_package.dependencies(repo, file.path)
  for _, name in COMPILERS do
    if dependencies[name] then
      return true
    end
  end
  return false
end

local LITERALS = { dict = "object", list = "array", ["function"] = "function" }

-- The component or hook around a node: the nearest function with such a name.
local function component_of(node)
  local fn = node:func()
  while fn do
    if fn.name:find("^%u") or fn.name:find("^use%u") then
      return fn.node
    end
    local up = fn.node:parent()
    fn = up and up:func()
  end
  return nil
end

-- The literal that a property is given: itself, or the value of a name that the component makes at every render.
local function made_anew(value, component)
  if LITERALS[value.kind] then
    return value
  elseif value.kind == "name" then
    local made = value:value()
    if made and LITERALS[made.kind] and made.file.path == value.file.path and made:is_within(component) and component_of(made) and component_of(made):same(component) then
      return made
    end
  end
  return nil
end

local function names_in(node)
  local all = node.kind == "name" and { [node.text] = true } or {}
  for _, name in node:descendants("name") do
    all[name.text] = true
  end
  for _, pair in node:descendants("pair") do
    all[pair.text] = true
  end
  return all
end

-- Whether one of the names that are given a value is among others: a name, or a part of what is taken apart.
local function binds_one(target, names)
  if names[target.text] then
    return true
  end
  for name in names_in(target) do
    if names[name] then
      return true
    end
  end
  return false
end

-- The names that a value is made of, those that its parts are made of among them: what `total` was counted from, what a function of it reads.
local function all_used(component, literal)
  local used = names_in(literal)
  for _ = 1, 4 do
    for _, assign in component:descendants("assign") do
      local target, made = assign:child("target"), assign:child("value")
      for name in target and made and binds_one(target, used) and names_in(made) or {} do
        used[name] = true
      end
    end
    for _, fn in component:descendants("function") do
      for name in fn.text ~= "" and used[fn.text] and names_in(fn) or {} do
        used[name] = true
      end
    end
  end
  return used
end

local function is_ref(name)
  local parent = name:parent()
  return parent ~= nil and parent.kind == "kw-arg" and parent.text == "ref"
end

-- Whether a state is set once, behind the first render, and never again: `useEffect(() => setClient(true), [])`.
local function is_set_once(component, setter)
  if not setter then
    return false
  end
  local is_called = false
  for _, name in component:descendants("name") do
    if name.text == setter and name:role() == "callee" then
      is_called = true
      local effect = name:enclosing("call")
      while effect and effect.name ~= "useEffect" and effect.name ~= "useLayoutEffect" do
        effect = effect:enclosing("call")
      end
      local deps = effect and effect:arg(2)
      if not deps or deps.kind ~= "list" or #deps:children() > 0 then
        return false
      end
    elseif name.text == setter and is_ref(name) then
      -- `ref={setElement}`: set when the element comes and when it goes.
      is_called = true
    elseif name.text == setter and not (name:enclosing("assign") and name:enclosing("assign"):child("target") and name:is_within(name:enclosing("assign"):child("target"))) then
      -- Handed to somebody who may set it at any time.
      return false
    end
  end
  return is_called
end

-- The first thing that renders a component again and is no part of a value: the name of the state or the hook, and where it is made.
local function other_cause(component, literal)
  local used = all_used(component, literal)
  for _, assign in component:descendants("assign") do
    local target, made = assign:child("target"), assign:child("value")
    local own = component_of(assign)
    if target and made and made.kind == "call" and own and own:same(component) and not made:is_within(literal) then
      local parts = target:descendants("name")
      local first = parts[1] or target
      if made.name == "useState" or made.name == "useReducer" then
        if first.text ~= "" and target.kind ~= "name" and not used[first.text] and not first.text:find("^_") and not is_set_once(component, parts[2] and parts[2].text) then
          return first.text, assign
        end
      elseif HOOKS[made.name] then
        if not binds_one(target, used) then
          return `what {made.name} gives`, assign
        end
      end
    end
  end
  return nil
end

local function prop(jsx, name)
  for _, arg in jsx:children("arg") do
    if arg.kind == "kw-arg" and arg.text == name then
      return arg:child("value")
    end
  end
  return nil
end

-- Parts of the page whose context is for the few elements within them, which come and go as it opens.
local WIDGETS = { "menu", "dropdown", "popover", "tooltip", "select", "tabs", "accordion", "dialog", "modal", "radio", "toggle", "disclosure", "combobox", "listbox", "carousel", "collapsible", "drawer" }

local function check_provider(jsx, report)
  local value = prop(jsx, "value")
  local component = value and component_of(jsx)
  local literal = component and made_anew(value, component)
  if not literal or #literal:descendants("name") == 0 and literal.kind ~= "function" then
    return
  end
  local cause, place = other_cause(component, literal)
  if cause then
    -- What is written within the component is rendered with it anyway; what it is handed is not.
    local is_handed = jsx.source:find("{%s*[%w_.]*children%s*}") ~= nil
    report({
      at = value,
      message = `{jsx.text} gets a new {LITERALS[literal.kind]} at every render, also when only {cause} changes, and all that read the context are rendered with it`,
      confidence = is_handed and not words.any_in(jsx.text, WIDGETS) and "medium" or "low",
      reach = "unknown",
      related = { { at = place, message = `renders the provider again, and is no part of the value` } },
    })
  end
end

-- Whether what defines a component is `memo(Row)` without a comparison of its own.
local function is_memoised(made)
  return made ~= nil and made.kind == "call" and (made.name == "memo" or made:is({ "react.memo", "react.default.memo", "preact/compat.memo" })) and #made:args() == 1
end

-- The memoised components that a file knows by name.
local function memoised_in(file)
  local all = {}
  for _, node in file.root:children() do
    if node.kind == "import" then
      for _, item in node:children("item") do
        for _, name in item:descendants("name") do
          if name.text:find("^%u") and is_memoised(name:definition()) then
            all[name.text] = true
          end
        end
      end
    else
      for _, assign in node.kind == "assign" and { node } or node.kind == "export" and node:descendants("assign") or {} do
        local target = assign:child("target")
        if target and target.kind == "name" and is_memoised(assign:child("value")) then
          all[target.text] = true
        end
      end
    end
  end
  return all
end

-- Hooks that make a component no render, or none that its own code asks for.
local QUIET = words.set("useMemo", "useCallback", "useRef", "useId", "useEffect", "useLayoutEffect", "useInsertionEffect", "useImperativeHandle", "useDebugValue", "useNavigate", "useHistory", "useRouter", "useDispatch", "useAppDispatch", "useToast", "useTranslation", "useTranslations", "useIntl", "useT", "useStyles", "useEvent", "useQueryClient", "usePrevious")

-- What renders a component again while a memoised one within it is asked for nothing new: a state that only others set and read, or another hook. Nil where there is
-- none: then its parents decide.
local function cause_beside(component, jsx)
  local used = all_used(component, jsx)
  local around = jsx:parent()
  while around and not around:same(component) do
    -- What decides whether the element is there at all: `step === 1 && <Form />`.
    local decides = around.kind == "logic" or around.kind == "conditional" or around.kind == "if"
    for _, part in decides and around:children() or {} do
      for text in not jsx:is_within(part) and names_in(part) or {} do
        used[text] = true
      end
    end
    around = around:parent()
  end
  for _, assign in component:descendants("assign") do
    local target, made = assign:child("target"), assign:child("value")
    local own = component_of(assign)
    local is_hook = target and made and made.kind == "call" and made.name:find("^use%u") and own and own:same(component)
    if is_hook and not QUIET[made.name] and not binds_one(target, used) then
      local parts = target:descendants("name")
      local is_state = made.name == "useState" or made.name == "useReducer"
      if not is_state then
        return `what {made.name} gives`, assign
      elseif parts[1] and not is_set_once(component, parts[2] and parts[2].text) then
        return parts[1].text, assign
      end
    end
  end
  return nil
end

-- Whether a component has something that renders it again.
local function has_cause(component)
  for _, call in component:descendants("call") do
    if call.name:find("^use%u") and not QUIET[call.name] then
      return true
    end
  end
  return false
end

local function check_memoised(jsx, report)
  local component = component_of(jsx)
  if not component or #jsx:children("item") > 0 then
    -- Children are new elements at every render: there the memo is lost whatever the properties are.
    return
  end
  for _, arg in jsx:children("arg") do
    local value = arg.kind == "kw-arg" and arg.text ~= "key" and arg.text ~= "ref" and arg:child("value")
    local literal = value and made_anew(value, component)
    if literal then
      local cause, place = cause_beside(component, jsx)
      -- What one row of a list sets renders all the others.
      local is_sure = cause ~= nil or #jsx:loops() > 0 and has_cause(component)
      report({
        at = arg,
        message = `{jsx.text} is memoised and rendered every time all the same{cause and ", also when only " .. cause .. " changes" or ""}: {arg.text} is a new {LITERALS[literal.kind]} at every render`
          .. (is_sure and "" or "; the React profiler shows how often its parent is rendered"),
        confidence = is_sure and "medium" or "low",
        reach = "unknown",
        related = place and { { at = place, message = "renders the component around it again" } } or nil,
      })
      return
    end
  end
end

return {
  check = function(file, matches, report, repo)
    if not file.root or file.path:find("%.stories%.") or is_compiled(repo, file) then
      return
    end
    local memoised = nil
    for _, jsx in file.root:descendants("jsx") do
      if jsx.text:find("%.Provider$") or jsx.text:find("Context$") then
        check_provider(jsx, report)
      elseif jsx.text:find("^%u") then
        memoised = memoised or memoised_in(file)
        if memoised[jsx.text] then
          check_memoised(jsx, report)
        end
      end
    end
  end,
}
