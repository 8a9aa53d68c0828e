//! That the files are those that HR signed, and that it was HR.

use std::fmt::Write as _;

use super::Page;
use crate::registry::evidence::{Evidence, NAMESPACE};

impl Page {
    pub(super) fn unchanged(&mut self, evidence: &Evidence) {
        self.heading("Nothing is missing, added or changed since HR signed the pack");
        self.files();
        self.signature();
        self.key(evidence);
    }

    fn files(&mut self) {
        self.say("Every file is listed, and no others are here:");
        self.commands(
            r#"
sha256sum --quiet --check SHA256SUMS &&
[ -z "$(find . -type l)" ] &&
[ "$(find . ! -type d ! -path ./SHA256SUMS ! -path ./SHA256SUMS.sig | sed 's|^\./||' | LC_ALL=C sort)" = "$(cut -c 67- SHA256SUMS)" ] &&
echo "all files are here, unchanged, and no others"
"#,
        );
        self.say("The scripts that are run below lie by themselves: HR's list could have others, which nobody should run.");
        self.commands(
            r#"
if [ "$(ls -A verify)" = "$(printf '%s\n' log.py tables.py verify.sh)" ]; then
    echo "verify has the three scripts and nothing else"
else
    echo "FAIL verify has not log.py, tables.py and verify.sh alone:"; ls -A verify; false
fi
"#,
        );
    }

    fn signature(&mut self) {
        self.say("HR signed the list:");
        self.commands(&format!(
            "ssh-keygen -Y verify -f allowed_signers -I hr -n {NAMESPACE} -s SHA256SUMS.sig <SHA256SUMS"
        ));
        self.say(
            "allowed_signers comes with the pack, so this shows only that somebody who is named in it signed. Nobody may be but the key
of the log; the line is made again from log/key:",
        );
        self.commands(&format!(
            r#"
key=$({{ printf '\0\0\0\013ssh-ed25519\0\0\0 '; cut -d + -f 3- log/key | base64 -d | tail -c 32; }} | base64)
printf 'hr namespaces="{NAMESPACE}" ssh-ed25519 %s\n' "$key" | diff - allowed_signers &&
echo "allowed_signers names the key in log/key, and it alone"
"#
        ));
    }

    fn key(&mut self, evidence: &Evidence) {
        let _ = writeln!(
            self.text,
            "That this key is HR's you know only from another source. HR gives you the line that countersign hr log key prints, by
telephone or by mail; put it in here:

  printf '%s\\n' 'THE LINE FROM HR' | diff - log/key && echo \"log/key is the line from HR\"

An assignment that an employee shows you names the same key as its issuer:

  {}",
            evidence.signer
        );
    }
}
