-- Sets and lists of words.

local words = {}

-- The words as keys.
function words.set(...)
  local all = {}
  for _, word in { ... } do
    all[word] = true
  end
  return all
end

-- Every name on every base, as dotted paths: `words.paths({ "a", "b" }, { "get" })` is `a.get` and `b.get`. The list is frozen, so that it is read once.
function words.paths(bases, names)
  local all = {}
  for _, base in bases do
    for _, name in names do
      table.insert(all, `{base}.{name}`)
    end
  end
  return table.freeze(all)
end

-- The same names come up again and again; so many are remembered.
local MOST = 20000
local parts, kept = {}, 0

-- The words of a name or a path, written small: `userToken` is `user` and `token`.
function words.of(name)
  local all = parts[name]
  if all then
    return all
  end
  all = {}
  for word in name:gsub("(%l)(%u)", "%1_%2"):lower():gmatch("%a+") do
    table.insert(all, word)
  end
  kept += 1
  if kept > MOST then
    parts, kept = {}, 0
  end
  parts[name] = table.freeze(all)
  return all
end

-- Whether a set holds a word, or what it is the plural of: of `movies`, `entries` and `taxes` a word may be `movie`, `entry` and `tax`.
function words.knows(set, word)
  local known = set[word]
  -- Most words are no plural.
  if known or word:sub(-1) ~= "s" then
    return known or false
  end
  return set[word:sub(1, -2)] or set[(word:gsub("ies$", "y"))] or set[(word:gsub("es$", ""))] or false
end

-- Whether a name has a word of a set, the word itself or its plural; two that stand side by side count as one, too: `hasMore` is `hasmore`. For verbs, too, and their
-- forms: `has_form_of`.
function words.has_word(name, set)
  local all = words.of(name)
  for at, word in all do
    local next_word = all[at + 1]
    if words.knows(set, word) or next_word and set[word .. next_word] then
      return true
    end
  end
  return false
end

-- The first word of a name, written small; empty where it has none.
function words.first(name)
  return words.of(name)[1] or ""
end

-- The words of a fact's text.
function words.list(text)
  local all = {}
  for word in (text or ""):gmatch("%S+") do
    table.insert(all, word)
  end
  return all
end

-- The words of a fact that offers several, `close|release`, as keys.
function words.alternatives(text)
  local all = {}
  for word in (text or ""):gmatch("[^|]+") do
    all[word] = true
  end
  return all
end

-- Whether a fact's text holds a word.
function words.holds(text, wanted)
  for _, word in words.list(text) do
    if word == wanted then
      return true
    end
  end
  return false
end

-- A text written small; an empty one where there is none.
function words.lower(text)
  return (text or ""):lower()
end

-- Endings under which a word stays the same one: `export`, `exports`, `exporter`.
local ENDINGS = words.set("", "s", "es", "d", "ed", "r", "er", "ers", "rs", "or", "ing", "ion", "ions")

local function is_word(word, wanted)
  if word:byte() ~= wanted:byte() then
    return false
  end
  if wanted:sub(-1) == "*" then
    return word:sub(1, #wanted - 1) == wanted:sub(1, -2)
  end
  return word:sub(1, #wanted) == wanted and ENDINGS[word:sub(#wanted + 1)] == true
end

-- Whether a text has a word of a list in any form: `exported` for `export`, but `upstream` is none of `stream`. Two that follow each other count as one, too
-- (`OpenAI`). Entries are written small, those that end in `*` are beginnings.
function words.has_form_of(text, list)
  local before = ""
  for _, word in words.of((text:gsub("(%u)(%u%l)", "%1_%2"))) do
    for _, wanted in list do
      if is_word(word, wanted) or before ~= "" and is_word(before .. word, wanted) then
        return true
      end
    end
    before = word
  end
  return false
end

-- Whether a text holds one of the texts of a list, written small, whatever the case of the text; also within a longer word.
function words.any_in(text, list)
  text = text:lower()
  for _, word in list do
    if text:find(word, 1, true) then
      return true
    end
  end
  return false
end

return words
