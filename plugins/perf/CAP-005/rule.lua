-- Whether instances are added before a peak that is known.

local presence = require("presence")

local function scales(repo)
  return presence.first(repo, { "autoscaler", "autoscaler in Terraform", "autoscaler in code" }) ~= nil
end

return {
  check_repository = function(repo)
    return presence.verdict(repo, {
      shown = { "schedule", "schedule in code" },
      about = scales,
      nothing = "nothing in this repository adds instances",
      missing = "instances are added when load is there, by no schedule; link the schedule for known peaks, or a week of traffic that shows none",
    })
  end,
}
