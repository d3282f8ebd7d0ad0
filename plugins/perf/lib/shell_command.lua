-- What a command of a shell does: its program, its subcommand and its options, by the facts under `shell:`.

local words = require("words")

local M = {}

-- The position of the first word that is no option, from `from`; options that take the next word are passed over with it.
function M.first_plain(args, valued, from)
  local at = from
  while at <= #args do
    local word = args[at]
    if word:sub(1, 1) ~= "-" then
      return at
    end
    at += words.holds(valued, word) and 2 or 1
  end
  return nil
end

-- The value of the first of some options that is given.
function M.option_value(args, names)
  for at, word in args do
    for _, name in words.list(names) do
      if word == name then
        return args[at + 1]
      end
      if word:sub(1, #name + 1) == name .. "=" then
        return word:sub(#name + 2)
      end
    end
  end
  return nil
end

-- Whether one of the options is given: `--only` with any value, `--omit=dev` also as two words and in a list.
function M.has_option(step, options)
  for _, option in words.list(options) do
    local name, wanted = option:match("^(%-[^=]*)=(.*)$")
    for at, word in step.args do
      if word == option then
        return word
      end
      if not name and word:sub(1, #option + 1) == option .. "=" then
        return word
      end
      if name then
        local value = word:match("^%-[^=]*=(.*)$")
        local own = word:match("^(%-[^=]*)")
        if own == name then
          for part in (value or step.args[at + 1] or ""):gmatch("[^,]+") do
            if part == wanted then
              return word
            end
          end
        end
      end
    end
  end
  return nil
end

-- The program, its subcommand and the fact about both.
function M.recognise(repo, name, args, depth)
  name = name:gsub("%.exe$", ""):gsub("%.cmd$", "")
  if name:match("^python[%d.]*$") and args[1] == "-m" and args[2] then
    return M.recognise(repo, args[2], { table.unpack(args, 3) }, depth)
  end
  name = name:gsub("^pip[%d.]+$", "pip")
  local base = repo:fact("shell:" .. name)
  local at = M.first_plain(args, base and base.valued, 1)
  local sub = at and args[at] or (base and base.default)
  local fact = sub and repo:fact("shell:" .. name .. "." .. sub) or nil
  local runs = (fact and fact.runs) or (not fact and base and base.runs)
  if at and depth < 4 then
    if fact and fact.as then
      return M.recognise(repo, fact.as, { table.unpack(args, at + 1) }, depth + 1)
    end
    local next_at = fact and fact.runs and M.first_plain(args, nil, at + 1) or at
    if runs and next_at then
      return M.recognise(repo, args[next_at], { table.unpack(args, next_at + 1) }, depth + 1)
    end
  end
  if fact and fact.needs and not words.holds(fact.needs, args[(at or 0) + 1] or "") then
    fact = nil
  end
  if not fact and base then
    if base.otherwise and sub then
      fact = { does = base.otherwise, ecosystem = base.ecosystem }
    elseif base.does then
      fact = base
    end
  end
  return name, sub, args, fact, base, at
end

return M
