# curl at the example's HTTP server.

serve_http() { # its arguments
  need curl
  begin "${example[@]}" http-server --port 0 "$@"
  await '^Serving on (.*)$'
  url=${BASH_REMATCH[1]}
}

# The same text as the server's, by another program.
numbers() { # lines
  seq -f %015.0f 1 "$1"
}

lines=$((megabytes * 1048576 / 16))

row curl 'GET, HEAD and a page that is not there' http_get
http_get() {
  serve_http
  [ "$(curl -sS -o page -w '%{http_code}' "$url")" = 200 ] || fail 'GET: not 200'
  grep -q Hello page || fail 'GET: not the page'
  curl -sS -I "$url" | grep -q "Content-Length: $(stat -c %s page)" || fail 'HEAD: another length than of the page'
  [ "$(curl -sS -o page -w '%{http_code}' "${url}nowhere")" = 404 ] || fail 'not 404'
  echo '200, 200, 404'
}

row curl 'two requests over one connection' http_keep_alive
http_keep_alive() {
  serve_http
  connects=$(curl -sS -o first -o second -w '%{num_connects} ' "${url}numbers/1000" "${url}chunked/1000")
  [ "$connects" = '1 0 ' ] || fail "connections made: $connects"
  cmp first second || fail 'the two differ'
  echo 'one connection, two answers'
}

row curl 'a download with a length, and one in chunks' http_download
http_download() {
  serve_http
  want=$(numbers "$lines" | sha256sum)
  for form in numbers chunked; do
    [ "$(curl -sS "$url$form/$lines" | sha256sum)" = "$want" ] || fail "$form: another checksum"
  done
  echo "$megabytes MiB each (${want:0:16})"
}

row curl 'a header line that is too long, and a body' http_refusals
http_refusals() {
  serve_http
  long=$(head -c 100000 /dev/zero | tr '\0' a)
  [ "$(curl -sS -o page -w '%{http_code}' -H "X-Long: $long" "$url")" = 431 ] || fail 'not 431'
  [ "$(curl -sS -o page -w '%{http_code}' -d body "$url")" = 413 ] || fail 'not 413'
  [ "$(curl -sS -o page -w '%{http_code}' --request-target nowhere "$url")" = 400 ] || fail 'not 400'
  echo '431, 413, 400'
}

row curl 'HTTPS: trusted by its certificate, and a download' https_download
https_download() {
  serve_http --tls --certificate certificate.pem
  [ "$(curl -sS --cacert certificate.pem -o page -w '%{http_code}' "$url")" = 200 ] || fail 'not 200'
  want=$(numbers "$lines" | sha256sum)
  for form in numbers chunked; do
    [ "$(curl -sS --cacert certificate.pem "$url$form/$lines" | sha256sum)" = "$want" ] || fail "$form: another checksum"
  done
  echo "$megabytes MiB each (${want:0:16})"
}

row curl 'HTTPS: refused without the certificate, taken with -k' https_refused
https_refused() {
  serve_http --tls
  status=0
  curl -sS "$url" >page 2>said || status=$?
  # 60: the peer's certificate cannot be authenticated with known CA certificates.
  [ "$status" = 60 ] || fail "curl ended with $status: $(cat said)"
  [ "$(curl -sS -k -o page -w '%{http_code}' "$url")" = 200 ] || fail '-k: not 200'
  echo 'refused, then taken'
}

row curl 'HTTPS: two requests over one connection, then a line too long' https_requests
https_requests() {
  serve_http --tls
  connects=$(curl -sS -k -o first -o second -w '%{num_connects} ' "${url}numbers/1000" "${url}chunked/1000")
  [ "$connects" = '1 0 ' ] || fail "connections made: $connects"
  cmp first second || fail 'the two differ'
  long=$(head -c 100000 /dev/zero | tr '\0' a)
  [ "$(curl -sS -k -o page -w '%{http_code}' -H "X-Long: $long" "$url")" = 431 ] || fail 'not 431'
  echo 'one connection, two answers; 431'
}
