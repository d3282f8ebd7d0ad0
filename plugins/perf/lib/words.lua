-- Sets of words.

local words = {}

-- The words as keys.
function words.set(...)
  local all = {}
  for _, word in { ... } do
    all[word] = true
  end
  return all
end

return words
