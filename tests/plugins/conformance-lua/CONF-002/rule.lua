-- The second rule that every language has: it reports values that languages write differently.

local function check_repository(repo: Repository, report: Report)
  local nothing = 0
  report({
    at = repo:open("app.py") :: File,
    message_id = "values",
    args = { tiny = 1e-7, huge = 1e21, minus = -nothing, whole = 3.0, part = 0.1 + 0.2, right = true, wrong = false },
    notes = {
      tinier = -1.25e-9,
      huger = 1.2345e25,
      small = 0.00001,
      million = 1e6,
      sixteen = 1e16,
      none = nothing / nothing,
      endless = 1 / nothing,
      least = -1 / nothing,
      right = true,
    },
  })
end

return { check_repository = check_repository }
