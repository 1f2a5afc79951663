-- wrk: hand in applications, each with a key of its own, from many signed-in applicants (BENCH: file with one a line).
-- What threads and setup share must be global: each thread has its own seed, so that no key comes twice.
local applicants, place, threads = {}, 0, {}
thread_id, refused = 0, 0
function setup(thread) thread:set("thread_id", #threads); table.insert(threads, thread) end
function init(args)
  for line in io.lines(args[1]) do
    local cookie, body = line:match("^(.-)\t(.*)$")
    table.insert(applicants, { cookie = cookie, body = body })
  end
  math.randomseed(os.time() * 16 + thread_id)
  run = math.random(1, 1000000000)
end
function request()
  place = place + 1
  local one = applicants[(place + thread_id * 7) % #applicants + 1]
  return wrk.format("POST", "/api/applications", {
    ["Cookie"] = one.cookie, ["X-CSRFToken"] = string.rep("b", 32), ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = string.format("bench-%d-%d-%d", run, thread_id, place),
  }, one.body)
end
function response(status) if status ~= 201 then refused = refused + 1 end end
function done(summary, latency)
  local errors = 0
  for _, thread in ipairs(threads) do errors = errors + thread:get("refused") end
  io.write(string.format("RESULT %f %d %f %f\n", summary.requests / (summary.duration / 1e6),
    errors + summary.errors.timeout + summary.errors.read + summary.errors.connect,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000))
end
