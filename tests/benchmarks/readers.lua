-- A thousand readers behind the proxy: no one of them asks more often than the open data allow.
local reader = 0
request = function()
  reader = (reader + 1) % 1000
  wrk.headers["X-Forwarded-For"] = "10.1." .. math.floor(reader / 250) .. "." .. (reader % 250 + 1)
  return wrk.format()
end
