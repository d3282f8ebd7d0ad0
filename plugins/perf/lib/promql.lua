-- Expressions of PromQL as far as alerts need them: what is compared with which constant, with factors, percent and "1 minus" worked out.

local M = {}

local OPENING = { ["("] = true, ["["] = true, ["{"] = true }
local CLOSING = { [")"] = true, ["]"] = true, ["}"] = true }
local FLIPPED = { [">"] = "<", ["<"] = ">", [">="] = "<=", ["<="] = ">=" }
-- Brackets that are taken off, factors that are worked out.
local MOST_STEPS = 12

-- Calls `each(position, sign)` for every sign outside of brackets and strings, until it answers.
local function outside(text, each)
  local depth, quote, at = 0, nil, 1
  while at <= #text do
    local sign = text:sub(at, at)
    if quote then
      if sign == "\\" and quote ~= "`" then
        at += 1
      elseif sign == quote then
        quote = nil
      end
    elseif sign == '"' or sign == "'" or sign == "`" then
      quote = sign
    elseif OPENING[sign] then
      depth += 1
    elseif CLOSING[sign] then
      depth -= 1
    elseif depth == 0 then
      local found = each(at, sign)
      if found then
        return found
      end
    end
    at += 1
  end
  return nil
end

local function trim(text)
  return (text:match("^%s*(.-)%s*$"))
end

-- Without brackets that stand around all of it.
local function bare(text)
  text = trim(text)
  while text:sub(1, 1) == "(" and text:match("^%b()$") do
    text = trim(text:sub(2, -2))
  end
  return text
end

local function without_comments(text)
  local lines = {}
  for line in (text .. "\n"):gmatch("([^\n]*)\n") do
    if not line:find("^%s*#") then
      table.insert(lines, line)
    end
  end
  return table.concat(lines, "\n")
end

-- The sides of the last of these operators outside of brackets.
local function split(text, operators)
  local found = nil
  outside(text, function(at, sign)
    if operators[sign] and trim(text:sub(1, at - 1)) ~= "" then
      -- The sign of an exponent or of a negative number is no operator.
      local is_sign = sign == "-" and (text:sub(1, at - 1):find("[%*/%+%-]%s*$") or text:sub(1, at - 1):find("%d[eE]$"))
      if not is_sign then
        found = { text:sub(1, at - 1), sign, text:sub(at + 1) }
      end
    end
    return nil
  end)
  return found
end

local SUMS = { ["+"] = true, ["-"] = true }
local PRODUCTS = { ["*"] = true, ["/"] = true }

-- The number that an expression of constants comes to; nil for everything else.
function M.constant(text, depth)
  text = bare(text)
  local number = text:match("^[%d%.eE%+%-]+$") and tonumber(text)
  if number or (depth or 0) > MOST_STEPS then
    return number
  end
  local parts = split(text, SUMS) or split(text, PRODUCTS)
  local left = parts and M.constant(parts[1], (depth or 0) + 1)
  local right = left and M.constant(parts[3], (depth or 0) + 1)
  if not left or not right then
    return nil
  elseif parts[2] == "+" then
    return left + right
  elseif parts[2] == "-" then
    return left - right
  elseif parts[2] == "*" then
    return left * right
  end
  return right ~= 0 and left / right or nil
end

-- The parts that `and`, `or` and `unless` join.
local function clauses(text)
  local all, from = {}, 1
  outside(text, function(at)
    if at >= from and not text:sub(at - 1, at - 1):find("[%w_:]") then
      local word = text:match("^(%a+)%f[^%w_:]", at)
      if word == "and" or word == "or" or word == "unless" then
        table.insert(all, text:sub(from, at - 1))
        from = at + #word
        -- What follows says how the sides are matched, and is no part of them.
        from += #(text:match("^%s*ignoring%s*%b()", from) or text:match("^%s*on%s*%b()", from) or "")
      end
    end
    return nil
  end)
  table.insert(all, text:sub(from))
  return all
end

-- The sides and the operator of the comparison of a clause.
local function comparison(text)
  local at = outside(text, function(position, sign)
    return if sign == ">" or sign == "<" then position else nil
  end)
  if not at then
    return nil
  end
  local operator = text:match("^[<>]=?", at)
  local right = text:sub(at + #operator):gsub("^%s*bool%f[^%w_]", "")
  return text:sub(1, at - 1), operator, right
end

-- The measured side without factors: `(1 - a / b) * 100 > 5` is `a / b < 0.95`.
local function settled(measured, operator, value)
  for _ = 1, MOST_STEPS do
    measured = bare(measured)
    local sum = split(measured, SUMS)
    local product = not sum and split(measured, PRODUCTS)
    local parts = sum or product
    if not parts then
      break
    end
    local left, right = M.constant(parts[1]), M.constant(parts[3])
    if sum and left and parts[2] == "-" then
      measured, operator, value = parts[3], FLIPPED[operator], left - value
    elseif product and parts[2] == "*" and (left or right) and (left or right) > 0 then
      measured, value = if left then parts[3] else parts[1], value / (left or right)
    elseif product and parts[2] == "/" and right and right > 0 then
      measured, value = parts[1], value * right
    elseif product and parts[2] == "/" then
      -- `100 * a / b` is a factor of the quotient.
      local above = split(bare(parts[1]), PRODUCTS)
      local first, second = nil, nil
      if above and above[2] == "*" then
        first, second = M.constant(above[1]), M.constant(above[3])
      end
      if not above or not (first or second) or (first or second) <= 0 then
        break
      end
      measured, value = `{if first then above[3] else above[1]} / {parts[3]}`, value / (first or second)
    else
      break
    end
  end
  return measured, operator, value
end

-- What an alert compares: for each clause with a constant {measured, operator, value}; second, how many clauses there are.
function M.comparisons(expression)
  local all, count = {}, 0
  local function read(text, depth)
    text = bare(text)
    local parts = clauses(text)
    if #parts > 1 and depth < MOST_STEPS then
      for _, part in parts do
        read(part, depth + 1)
      end
      return
    end
    count += 1
    local left, operator, right = comparison(text)
    local value = right and M.constant(right)
    if not value and left then
      value = M.constant(left)
      left, operator = right, FLIPPED[operator]
    end
    if value then
      local measured, compared, settles = settled(left, operator, value)
      table.insert(all, { measured = measured, operator = compared, value = settles })
    end
  end
  read(without_comments(expression), 0)
  return all, count
end

-- Numerator and denominator; nil for what is no quotient. How the sides are matched is no part of them.
function M.quotient(measured)
  local parts = split(bare(measured), { ["/"] = true })
  if not parts then
    return nil
  end
  local below = trim(parts[3]):gsub("^on%s*%b()", ""):gsub("^ignoring%s*%b()", ""):gsub("^%s*group_%a+%s*%b()", ""):gsub("^%s*group_%a+", "")
  return bare(parts[1]), bare(below)
end

local FUNCTIONS = { by = true, without = true, on = true, ignoring = true, group_left = true, group_right = true, bool = true, offset = true, ["and"] = true, ["or"] = true, unless = true }

-- The names of the metrics in an expression, in order.
function M.metrics(text)
  local all = {}
  -- Labels, ranges, and the lists behind `by` hold no metrics.
  text = without_comments(text):gsub('"[^"]*"', '""'):gsub("%b{}", " "):gsub("%b[]", " ")
  for _, word in { "by", "without", "on", "ignoring", "group_left", "group_right" } do
    text = text:gsub("%f[%w_]" .. word .. "%s*%b()", " ")
  end
  for name, after in text:gmatch("%f[%w_:]([%a_:][%w_:]*)(%s*.?)") do
    if not after:find("%($") and not FUNCTIONS[name] then
      table.insert(all, name)
    end
  end
  return all
end

local UNITS = { ms = 0.001, s = 1, m = 60, h = 3600, d = 86400, w = 604800, y = 31536000 }

-- Seconds of `5m`, `1h30m`, `90s`; nil for what is no duration.
function M.seconds(text)
  local sum, rest = 0, trim(text)
  while rest ~= "" do
    local number, unit, after = rest:match("^(%d+)(%a+)(.*)$")
    if rest == "0" then
      return sum
    elseif not number or not UNITS[unit] then
      return nil
    end
    sum += tonumber(number) * UNITS[unit]
    rest = after
  end
  return if text:find("%d") then sum else nil
end

-- The longest range in an expression, in seconds.
function M.window(text)
  local longest = 0
  for range in text:gmatch("%[%s*(%w+)") do
    longest = math.max(longest, M.seconds(range) or 0)
  end
  return longest
end

return M
