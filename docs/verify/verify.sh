#!/bin/sh
# Checks the signature of one completion record with openssl (3.0 or later), jq (1.6 or later) and nothing else.
#
#     docs/verify/verify.sh FILE
#
# jq sorts the members and writes them without white space, which for our records is the canonical form of RFC 8785;
# openssl hashes and checks. Exit code: 0 if signed as it must be, 1 if not, 2 if it could not be checked.
set -u

file=${1:?"usage: verify.sh FILE"}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

refuse() {
    printf 'FAIL %s: %s\n' "$shown" "$1"
    exit 1
}

for tool in jq openssl; do
    command -v "$tool" >/dev/null || { printf 'error: %s is not installed\n' "$tool" >&2; exit 2; }
done
# The name of a file must not steer the terminal.
shown=$(printf %s "$file" | jq -Rrs 'gsub("\\p{C}"; "?")') || exit 2
[ -r "$file" ] || { printf 'error: cannot read %s\n' "$shown" >&2; exit 2; }
[ "$(wc -c <"$file")" -le 1048576 ] || refuse "larger than 1 MiB"

jq -cS . <"$file" >"$work/whole" 2>/dev/null || refuse "not JSON"
[ "$(wc -l <"$work/whole")" -eq 1 ] || refuse "not exactly one JSON document"
# jq keeps the last of two members of one name, and reads 60.0 as 60: then it writes less, or other, than it read.
spelt() { LC_ALL=C tr -d ' \t\r\n' | LC_ALL=C sed 's/./&\
/g' | LC_ALL=C sort | cksum; }
[ "$(spelt <"$file")" = "$(spelt <"$work/whole")" ] ||
    refuse "a member stands there twice, or something is spelt unusually: use verify.py, which tells which"

jq -e '
    ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"] as $context
    | keys == ["@context", "credentialSubject", "id", "issuer", "proof", "type"]
    and (.proof | type == "object" and keys == ["@context", "created", "cryptosuite", "proofPurpose", "proofValue",
        "type", "verificationMethod"])
    and (.credentialSubject | type == "object")
    and .["@context"] == $context and .proof["@context"] == $context
    and (.type == ["VerifiableCredential", "TrainingCompletionRecord"] and .credentialSubject.id == .issuer
        or .type == ["VerifiableCredential", "TrainingAssignment"])
    and (.id | test("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"))
    and (.issuer | test("^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$"))
    and .proof.verificationMethod == .issuer + "#" + (.issuer | ltrimstr("did:key:"))
    and .proof.type == "DataIntegrityProof" and .proof.cryptosuite == "eddsa-jcs-2022"
    and .proof.proofPurpose == "assertionMethod"
    and (.proof.created | test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"))
    and (.proof.proofValue | test("^z[1-9A-HJ-NP-Za-km-z]{64,88}$"))
    and ([.. | objects | keys[] | explode[]] | all(. < 128))
    and ([.. | numbers] | all(. == floor and . <= 9007199254740991 and . >= -9007199254740991))
' <"$work/whole" >/dev/null 2>&1 || refuse "not the envelope that docs/record-format.md describes"

# Bytes of a base58 text, each as \ooo for printf.
bytes() {
    jq -r --argjson length "$2" "$1"'
        | [explode[] | [.] | implode] as $digits
        | "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz" as $alphabet
        | reduce $digits[] as $digit ([];
            reduce range(length) as $i ({bytes: ., carry: ($alphabet | index($digit))};
                (.bytes[$i] * 58 + .carry) as $sum | .bytes[$i] = $sum % 256 | .carry = ($sum / 256 | floor))
            | if .carry > 0 then .bytes + [.carry] else .bytes end)
        | . + [$digits | until(length == 0 or .[0] != "1"; .[1:]) as $rest | range(($digits | length) - ($rest | length)) | 0]
        | reverse
        | if length == $length then . else error("length") end
        | map("\\" + ([(. / 64 | floor), (. / 8 | floor) % 8, . % 8] | map(tostring) | join(""))) | join("")
    ' <"$work/whole" 2>/dev/null
}
key=$(bytes '.issuer | ltrimstr("did:key:z")' 34) || refuse "issuer is not a key"
signature=$(bytes '.proof.proofValue | ltrimstr("z")' 64) || refuse "proof.proofValue is not a signature"

# The key as openssl reads it: SubjectPublicKeyInfo of RFC 8410 in front, the two bytes of the did:key taken off.
key=$(printf '%s' "$key" | cut -c 9-)
# shellcheck disable=SC2059
printf "\060\052\060\005\006\003\053\145\160\003\041\000$key" >"$work/key"
# shellcheck disable=SC2059
printf "$signature" >"$work/signature"
[ "$(wc -c <"$work/key")" -eq 44 ] || refuse "issuer is not an Ed25519 key"

# Keys and first halves of signatures that are points of small order: openssl takes them, and then anything verifies.
small='^(01000{58}|ecf{60}[7f]f|000{60}[08]0|eef{60}[7f]f|edf{60}[7f]f|c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03[7f]a|26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc[08]5)$'
hex() { od -An -v -tx1 | tr -d ' \n'; }
for point in "$(tail -c 32 "$work/key" | hex)" "$(head -c 32 "$work/signature" | hex)"; do
    if printf '%s' "$point" | grep -Eq "$small|^010{60}[08]0$"; then
        refuse "a point of small order"
    fi
done

{
    jq -cjS '.proof | del(.proofValue)' <"$work/whole" | openssl dgst -sha256 -binary
    jq -cjS 'del(.proof)' <"$work/whole" | openssl dgst -sha256 -binary
} >"$work/message"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key" -rawin -in "$work/message" \
    -sigfile "$work/signature" >/dev/null 2>&1 ||
    refuse "the signature is not the issuer's: something was changed, or somebody else signed"

printf 'PASS %s\n' "$shown"
jq -r '"     signed by \(.issuer)\n     at        \(.proof.created) by the signer'"'"'s own clock"' <"$work/whole"
printf '     digest    sha256:%s\n' "$(jq -cjS . <"$work/whole" | openssl dgst -sha256 -r | cut -d ' ' -f 1)"
