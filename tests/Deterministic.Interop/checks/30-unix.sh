# socat and CPython over Unix sockets, on paths and on abstract names.

row socat 'at our server, on a path' unix_socat_client
unix_socat_client() {
  need socat
  begin "${ours[@]}" serve "unix:$PWD/socket"
  await '^READY'
  socat -t 60 - UNIX-CONNECT:socket <"$work/sent" >received
  same "$work/sent" received
  finish
  [ ! -e socket ] || fail 'the socket file is still there'
}

row socat 'at our server, on an abstract name' unix_socat_abstract_client
unix_socat_abstract_client() {
  need socat
  begin "${ours[@]}" serve "unix:@deterministic-$$"
  await '^READY'
  socat -t 60 - "ABSTRACT-CONNECT:deterministic-$$" <"$work/sent" >received
  same "$work/sent" received
  finish
}

row socat 'as a server on a path, and cat behind it' unix_socat_server
unix_socat_server() {
  need socat
  begin socat -d -d -t 60 UNIX-LISTEN:socket EXEC:cat
  await 'listening on'
  "${ours[@]}" connect "unix:$PWD/socket" <"$work/sent" >received
  same "$work/sent" received
}

row socat 'as a server on an abstract name, and cat behind it' unix_socat_abstract_server
unix_socat_abstract_server() {
  need socat
  begin socat -d -d -t 60 "ABSTRACT-LISTEN:deterministic-$$" EXEC:cat
  await 'listening on'
  "${ours[@]}" connect "unix:@deterministic-$$" <"$work/sent" >received
  same "$work/sent" received
}

row nc 'at our server, on a path' unix_nc_client
unix_nc_client() {
  need nc
  begin "${ours[@]}" serve "unix:$PWD/socket"
  await '^READY'
  nc -N -U socket <"$work/sent" >received
  same "$work/sent" received
  finish
}

row socat 'a socket file that was left behind is replaced, one in use is not' unix_stale
unix_stale() {
  need socat
  # Killed, so that it can't tidy up.
  begin socat -d -d UNIX-LISTEN:socket EXEC:cat
  await 'listening on'
  status=0
  "${ours[@]}" serve "unix:$PWD/socket" </dev/null >said 2>&1 || status=$?
  [ "$status" = 1 ] && grep -q '^AddressInUse' said || fail "in use, and it said: $(cat said)"
  kill -KILL "$peer"
  wait "$peer" || true
  [ -S socket ] || fail 'socat took its file along'
  "${ours[@]}" serve "unix:$PWD/socket" </dev/null >said 2>&1 || fail "left behind, and it said: $(cat said)"
  grep -q '^READY' said || fail 'it did not serve'
  echo 'AddressInUse, and then served'
}
