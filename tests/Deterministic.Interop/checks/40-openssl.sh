# OpenSSL's own client and server.

# openssl s_client at the server that was begun last: sends a file, and ends when the server does.
s_client() { # the file, further arguments
  openssl s_client -connect "$at" -quiet -verify_return_error -CAfile "$work/certificate.pem" -verify_hostname localhost \
    "${@:2}" <"$1" 2>said
}

begin_tls() { # further arguments of our server
  need openssl
  begin "${ours[@]}" serve tcp:127.0.0.1:0 --tls "$work/certificate.pem" "$work/key.pem" "$@"
  await '^READY tcp:(.*)$'
  at=${BASH_REMATCH[1]}
}

echo_to_s_client() { # the file, further arguments of s_client
  s_client "$@" >received || fail "s_client: $(tail -n 3 said)"
  same "$1" received
  finish
}

sent_size=$((megabytes * 1048576))

# Without -nbio it writes all before it reads any, while the server waits to be read, and neither would ever be done;
# with it, it can't lead the dialogue that comes before STARTTLS. So that file must fit into the kernel's buffers.
short() {
  head -c 1M "$work/sent" >short
}

row s_client 'echo of a file, over TLS 1.3' openssl_client_13
openssl_client_13() {
  begin_tls --expect "$sent_size"
  echo_to_s_client "$work/sent" -nbio -tls1_3
}

row s_client 'echo of a file, over TLS 1.2' openssl_client_12
openssl_client_12() {
  begin_tls --expect "$sent_size"
  echo_to_s_client "$work/sent" -nbio -tls1_2
}

row s_client 'STARTTLS as in SMTP, then the echo of a file' openssl_client_smtp
openssl_client_smtp() {
  short
  begin_tls --expect 1048576 --starttls smtp
  echo_to_s_client short -starttls smtp
}

row s_client 'STARTTLS as in XMPP, then the echo of a file' openssl_client_xmpp
openssl_client_xmpp() {
  short
  begin_tls --expect 1048576 --starttls xmpp
  echo_to_s_client short -starttls xmpp
}

row s_client 'killed in the middle: an error, not an end; then the next client' openssl_client_killed
openssl_client_killed() {
  begin_tls --expect "$sent_size"
  local server=("$peer" "$from_peer" "$to_peer")
  begin openssl s_client -connect "$at" -CAfile "$work/certificate.pem"
  await 'Verify return code: 0'
  kill -KILL "$peer"
  turn_to "${server[@]}"
  # A kernel ends what a killed process had: with a FIN, or with a reset if it had bytes unread.
  await '^FAILED (Truncated|Reset)'
  s_client "$work/sent" -nbio >received
  same "$work/sent" received
  finish
}

row nc 'plain text at our TLS server: an error; then the next client' openssl_plain_text
openssl_plain_text() {
  need nc
  begin_tls --expect "$sent_size"
  printf 'GET / HTTP/1.0\r\n\r\n' | nc -N "${at%:*}" "${at#*:}" >nothing || true
  await '^FAILED TlsHandshakeFailed'
  s_client "$work/sent" -nbio >received
  same "$work/sent" received
  finish
}

begin_s_server() { # its further arguments
  need openssl
  begin openssl s_server -accept 127.0.0.1:0 -cert "$work/certificate.pem" -key "$work/key.pem" "$@"
  await '^ACCEPT .*:([0-9]+)'
  at=tcp:127.0.0.1:${BASH_REMATCH[1]}
}

row s_server 'lines of our client, reversed by it' openssl_server_lines
openssl_server_lines() {
  need rev
  begin_s_server -rev
  head -c 1M "$work/sent" | base64 >lines
  rev lines >want
  "${ours[@]}" connect "$at" --tls "$work/certificate.pem" --expect "$(stat -c %s want)" <lines >received
  same want received
}

row s_server 'a file for our client, over TLS 1.3 and 1.2' openssl_server_file
openssl_server_file() {
  cp "$work/sent" file
  for version in -tls1_3 -tls1_2; do
    begin_s_server -WWW "$version"
    printf 'GET /file HTTP/1.0\r\n\r\n' |
      "${ours[@]}" connect "$at" --tls "$work/certificate.pem" |
      tail -c "$sent_size" >received
    same "$work/sent" received
    kill "$peer"
  done
}

row s_server 'killed in the middle: our client sees an error, not an end' openssl_server_killed
openssl_server_killed() {
  cp "$work/sent" file
  begin_s_server -WWW
  mkfifo received
  printf 'GET /file HTTP/1.0\r\n\r\n' |
    "${ours[@]}" connect "$at" --tls "$work/certificate.pem" >received 2>said &
  client=$!
  # As long as nobody reads the rest of it, it can't have been sent.
  exec {first}<received
  head -c 1 <&"$first" >/dev/null
  kill -KILL "$peer"
  cat <&"$first" >/dev/null
  status=0
  wait "$client" || status=$?
  [ "$status" = 1 ] && grep -Eq '^(Truncated|Reset)' said || fail "it ended with $status and said: $(cat said)"
  head -n 1 said
}

row s_server 'a certificate of somebody else is refused by our client' openssl_server_refused
openssl_server_refused() {
  begin_s_server -rev
  refuse() { # arguments of our client
    status=0
    "${ours[@]}" connect "$at" "$@" </dev/null >nothing 2>said || status=$?
    [ "$status" = 1 ] && grep -q '^CertificateRejected' said || fail "it ended with $status and said: $(cat said)"
  }
  refuse --tls "$work/other/certificate.pem"
  refuse --tls "$work/certificate.pem" --name example.org
  echo 'refused: unknown issuer, and another name'
}
