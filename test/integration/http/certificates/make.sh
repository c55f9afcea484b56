#!/bin/sh
# Makes the certificates anew, in the current folder, with openssl 3. The authority's own key is thrown away.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/new" && : > "$work/index" && echo 01 > "$work/serial"
cat > "$work/ca.cnf" <<END
[ca]
default_ca = authority
[authority]
new_certs_dir = $work/new
database = $work/index
serial = $work/serial
private_key = $work/ca.key
certificate = ca.pem
default_md = sha256
policy = any
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[authority_extensions]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
END

request() { # file of the key, common name, file of the request
  openssl req -config "$work/ca.cnf" -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1" -subj "/CN=$2" -out "$3"
}

request "$work/ca.key" 'Test authority' "$work/ca.csr"
openssl ca -config "$work/ca.cnf" -batch -notext -selfsign -keyfile "$work/ca.key" -in "$work/ca.csr" -out ca.pem \
  -startdate 20000101000000Z -enddate 21260101000000Z -extensions authority_extensions

issue() { # name of the files, names in the certificate, first and last day
  request "$1.key.pem" "$1" "$work/$1.csr"
  printf 'subjectAltName = %s\nextendedKeyUsage = serverAuth\n' "$2" > "$work/$1.ext"
  openssl ca -config "$work/ca.cnf" -batch -notext -in "$work/$1.csr" -out "$1.pem" \
    -startdate "$3" -enddate "$4" -extfile "$work/$1.ext"
}

issue server 'DNS:scoring.example.test, DNS:localhost, IP:127.0.0.1' 20000101000000Z 21260101000000Z
issue other-name 'DNS:other.example.test' 20000101000000Z 21260101000000Z
issue expired 'DNS:localhost, IP:127.0.0.1' 20000101000000Z 20010101000000Z
