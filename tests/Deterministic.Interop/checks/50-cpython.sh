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

sent_size=$((megabytes * 1048576))

need_start_tls() {
  need python3
  python3 -c 'import asyncio; asyncio.StreamWriter.start_tls' 2>/dev/null || skip 'python3 is older than 3.11'
}

row CPython "asyncio's client at our server, over TLS" cpython_tls_client
cpython_tls_client() {
  need python3
  begin "${ours[@]}" serve tcp:127.0.0.1:0 --tls "$work/certificate.pem" "$work/key.pem"
  await '^READY (.*)$'
  "${cpython[@]}" connect "${BASH_REMATCH[1]}" --tls "$work/certificate.pem" --expect "$sent_size" <"$work/sent" >received
  same "$work/sent" received
  finish
}

row CPython "our client at asyncio's server, over TLS" cpython_tls_server
cpython_tls_server() {
  need python3
  begin "${cpython[@]}" serve tcp:127.0.0.1:0 --tls "$work/certificate.pem" "$work/key.pem"
  await '^READY (.*)$'
  "${ours[@]}" connect "tcp:127.0.0.1:${BASH_REMATCH[1]}" --tls "$work/certificate.pem" --expect "$sent_size" <"$work/sent" >received
  same "$work/sent" received
  finish
}

row CPython "asyncio's client at our server, with STARTTLS" cpython_starttls_client
cpython_starttls_client() {
  need_start_tls
  begin "${ours[@]}" serve tcp:127.0.0.1:0 --tls "$work/certificate.pem" "$work/key.pem" --starttls smtp
  await '^READY (.*)$'
  "${cpython[@]}" connect "${BASH_REMATCH[1]}" --tls "$work/certificate.pem" --starttls --expect "$sent_size" <"$work/sent" >received
  same "$work/sent" received
  finish
}

row CPython "our client at asyncio's server, with STARTTLS" cpython_starttls_server
cpython_starttls_server() {
  need_start_tls
  begin "${cpython[@]}" serve tcp:127.0.0.1:0 --tls "$work/certificate.pem" "$work/key.pem" --starttls
  await '^READY (.*)$'
  "${ours[@]}" connect "tcp:127.0.0.1:${BASH_REMATCH[1]}" --tls "$work/certificate.pem" --starttls --expect "$sent_size" <"$work/sent" >received
  same "$work/sent" received
  finish
}
