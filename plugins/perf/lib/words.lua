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

-- A text written small; an empty one where there is none.
function words.lower(text)
  return (text or ""):lower()
end

-- Whether a text holds one of the words of a list, written small, whatever the case of the text.
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
