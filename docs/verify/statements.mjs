// Checks statements that HR exported with the rules that Learning Locker, a learning record store, has for them.
//
//     npm install
//     node statements.mjs FILE...
//
// The library knows the whole form of xAPI 1.0.3 and refuses members that it does not know. Exit code: 0 if every statement of
// every file is one, 1 if not, 2 if a file could not be read.
import { readFile } from 'node:fs/promises';
import validation from '@learninglocker/xapi-validation';

const files = process.argv.slice(2);
if (files.length === 0) {
    console.error('usage: node statements.mjs FILE...');
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
    let faults;
    let count = 0;
    try {
        const statements = JSON.parse(text);
        count = statements.length;
        faults = statements.flatMap((statement, place) => validation.default(statement, [place]));
        faults = faults.map((fault) => `${fault.constructor.name} at ${(fault.path ?? []).join('.')}`);
    } catch (error) {
        faults = [error.message];
    }
    if (faults.length === 0 && count > 0) {
        console.log(`PASS ${file}: ${count} statements`);
    } else {
        // Text from a file must not steer the terminal.
        const reason = (faults.join('; ') || 'it has no statements').replace(/[\p{C}]/gu, '?').slice(0, 300);
        console.log(`FAIL ${file}: ${reason}`);
        process.exitCode ||= 1;
    }
}
