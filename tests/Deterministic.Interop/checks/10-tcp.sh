# socat and netcat, as clients of our echo server and as servers of our client.

row socat 'echo of a file at our server' tcp_socat_client
tcp_socat_client() {
  need socat
  begin "${ours[@]}" serve tcp:127.0.0.1:0
  await '^READY tcp:(.*)$'
  socat -t 60 - "TCP:${BASH_REMATCH[1]}" <"$work/sent" >received
  same "$work/sent" received
  finish
}

row socat 'echo of a file of our client, through socat and cat' tcp_socat_server
tcp_socat_server() {
  need socat
  begin socat -d -d -t 60 TCP-LISTEN:0,bind=127.0.0.1 EXEC:cat
  await 'listening on .*:([0-9]+)$'
  "${ours[@]}" connect "tcp:127.0.0.1:${BASH_REMATCH[1]}" <"$work/sent" >received
  same "$work/sent" received
}

row nc 'half-close by nc, then the echo of a file' tcp_nc_client
tcp_nc_client() {
  need nc
  begin "${ours[@]}" serve tcp:127.0.0.1:0
  await '^READY tcp:(.*):([0-9]+)$'
  nc -N "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" <"$work/sent" >received
  same "$work/sent" received
  finish
}

row nc 'half-close by nc at once, then a file of our client to it' tcp_nc_server
tcp_nc_server() {
  need nc
  # A file the other way as well would be cut short: a listening nc leaves with the end of its peer, whatever it still has to send.
  begin sh -c 'exec nc -v -N -l 127.0.0.1 0 </dev/null >received'
  await '^Listening on .* ([0-9]+)$'
  "${ours[@]}" connect "tcp:127.0.0.1:${BASH_REMATCH[1]}" <"$work/sent" >nothing
  finish
  [ ! -s nothing ] || fail 'something came back'
  same "$work/sent" received
}
