-- For wrk: sends the presigned targets of a file in turn.
local targets = {}
for line in io.lines(os.getenv("BENCH_TARGETS")) do targets[#targets + 1] = line end
local method = os.getenv("BENCH_METHOD")
local bytes = tonumber(os.getenv("BENCH_BODY_BYTES"))
local body = bytes > 0 and string.rep("x", bytes) or nil
local requests = {}

function init(args)
  for i, target in ipairs(targets) do requests[i] = wrk.format(method, target, nil, body) end
end

local next_request = 0
function request()
  next_request = next_request % #requests + 1
  return requests[next_request]
end
