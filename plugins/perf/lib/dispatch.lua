-- What a rule returns that has one function per matcher.

local dispatch = {}

-- Gives each match to the function that goes by its matcher's name, as (node, report, file). What runs in a browser is passed over.
function dispatch.on_server(checks)
  return {
    check = function(file, matches, report)
      if file.side == "browser" then
        return
      end
      for _, match in matches do
        checks[match.matcher](match.node, report, file)
      end
    end,
  }
end

return dispatch
