-- wrk: read addresses, each with its own cookie (file: cookie TAB path a line).
local lines, place = {}, 0
function init(args)
  for line in io.lines(args[1]) do
    local cookie, path = line:match("^(.-)\t(.*)$")
    table.insert(lines, { cookie = cookie, path = path })
  end
end
function request()
  place = place + 1
  local one = lines[place % #lines + 1]
  return wrk.format("GET", one.path, { ["Cookie"] = one.cookie, ["Accept-Language"] = "zh-CN" })
end
function done(summary, latency)
  io.write(string.format("RESULT %f %d %f %f\n", summary.requests / (summary.duration / 1e6),
    summary.errors.status + summary.errors.timeout + summary.errors.read + summary.errors.connect,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000))
end
