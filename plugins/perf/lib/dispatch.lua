-- What a rule returns that has one function per matcher.

local dispatch = {}

-- Gives each match to the function that goes by its matcher's name, as (node, report, file, repo, known). `known` is a table that lives as long as
-- the file is judged. What runs in a browser is passed over.
function dispatch.on_server(checks)
  return {
    check = function(file, matches, report, repo)
      if file.side == "browser" then
        return
      end
      local known = {}
      for _, match in matches do
        checks[match.matcher](match.node, report, file, repo, known)
      end
    end,
  }
end

return dispatch
