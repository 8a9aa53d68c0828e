// Checks the signature of completion records with the Verifiable Credentials libraries of Digital Bazaar.
//
//     npm install
//     node verify.mjs FILE...
//
// Nothing is fetched: the two contexts stand beside this file, and a did:key is its own document. Exit code: 0 if every
// file is signed as it must be, 1 if not, 2 if a file could not be read.
import { readFile } from 'node:fs/promises';
import * as vc from '@digitalbazaar/vc';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';

const contexts = new Map();
for (const [address, name] of [
    ['https://www.w3.org/ns/credentials/v2', 'credentials-v2.jsonld'],
    ['https://www.w3.org/ns/credentials/undefined-terms/v2', 'undefined-terms-v2.jsonld'],
]) {
    contexts.set(address, JSON.parse(await readFile(new URL(`contexts/${name}`, import.meta.url))));
}

const MULTIKEY = 'https://w3id.org/security/multikey/v1';
const DID = 'https://www.w3.org/ns/did/v1';

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

/** What the library does not look at: that the signer is the issuer, and for a record also the learner. */
function check({ issuer, proof, type, credentialSubject }) {
    if (Array.isArray(proof) || typeof issuer !== 'string' || !proof.verificationMethod.startsWith(`${issuer}#`)) {
        throw new Error('the signer is not the issuer');
    }
    if (type.includes('TrainingCompletionRecord') && credentialSubject.id !== issuer) {
        throw new Error('the issuer is not the learner');
    }
}

/** Text from a file, or its name, must not steer the terminal. */
const shown = (text) => text.replace(/\p{C}/gu, '?');

const files = process.argv.slice(2);
if (files.length === 0) {
    console.error('usage: node verify.mjs FILE...');
    process.exitCode = 2;
}
for (const file of files) {
    let text;
    try {
        text = await readFile(file, 'utf8');
    } catch (error) {
        console.error(`error: cannot read ${shown(file)}: ${error.code}`);
        process.exitCode = 2;
        continue;
    }
    try {
        const credential = JSON.parse(text);
        check(credential);
        const suite = new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() });
        const result = await vc.verifyCredential({ credential, suite, documentLoader });
        if (!result.verified) {
            throw result.error?.errors?.[0] ?? result.error;
        }
        console.log(`PASS ${shown(file)}`);
        console.log(`     signed by ${credential.issuer}`);
        console.log(`     at        ${credential.proof.created} by the signer's own clock`);
    } catch (error) {
        const reason = shown(String(error?.message ?? error)).slice(0, 200);
        console.log(`FAIL ${shown(file)}: ${reason}`);
        process.exitCode ||= 1;
    }
}
