# CPython's asyncio at the other end.

row CPython "asyncio's client at our server, over TCP" cpython_tcp_client
cpython_tcp_client() {
  need python3
  begin "${ours[@]}" serve tcp:127.0.0.1:0
  await '^READY (.*)$'
  "${cpython[@]}" connect "${BASH_REMATCH[1]}" <"$work/sent" >received
  same "$work/sent" received
  finish
}

row CPython "our client at asyncio's server, over TCP" cpython_tcp_server
cpython_tcp_server() {
  need python3
  begin "${cpython[@]}" serve tcp:127.0.0.1:0
  await '^READY (.*)$'
  "${ours[@]}" connect "tcp:127.0.0.1:${BASH_REMATCH[1]}" <"$work/sent" >received
  same "$work/sent" received
  finish
}

row CPython "asyncio's client at our server, over a Unix socket" cpython_unix_client
cpython_unix_client() {
  need python3
  begin "${ours[@]}" serve "unix:$PWD/socket"
  await '^READY'
  "${cpython[@]}" connect "unix:$PWD/socket" <"$work/sent" >received
  same "$work/sent" received
  finish
}

row CPython "our client at asyncio's server, over a Unix socket" cpython_unix_server
cpython_unix_server() {
  need python3
  begin "${cpython[@]}" serve "unix:@deterministic-$$"
  await '^READY'
  "${ours[@]}" connect "unix:@deterministic-$$" <"$work/sent" >received
  same "$work/sent" received
  finish
}
