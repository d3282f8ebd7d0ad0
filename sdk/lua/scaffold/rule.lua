-- A script is called once per file that has matches. It looks at each match and reports it, or leaves it alone.
-- Every name is in `perfctl.d.luau`; the types in this file only help the editor.

-- The loop that runs the call again and again with the same pattern; nil when there is none.
local function wasted_in(call: Node): Loop?
  local pattern = call:arg(1)
  local loops = call:loops()
  for _, loop in loops do
    -- A pattern made from the loop's element has to be compiled in the loop.
    if pattern and loop:carries(pattern) then
      return nil
    end
    -- A few turns over a constant cost nothing.
    if loop.kind == "constant" then
      return nil
    end
  end
  return loops[1]
end

local function check(file: File, matches: { Match }, report: Report, repo: Repository)
  for _, match in matches do
    local call = match.node
    local loop = call and wasted_in(call)
    if call and loop then
      report({
        at = call,
        message = `{call.name} compiles the same pattern in every turn of the loop`,
        -- "high" only if every fact that tells it from the known false alarms was decided.
        confidence = "medium",
        related = { { at = loop.node, message = "the loop" } },
      })
    end
  end
end

return { check = check }
