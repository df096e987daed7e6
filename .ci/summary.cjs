// Ends the log: what failed and why, once more, and how many tests there were. Runs on any Node.
const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { stripVTControlCharacters } = require('node:util');

/** Of what each run says of its failures. */
const MAX_LINES = 60;

const [folder, status] = process.argv.slice(2);
const isGreen = Number(status) === 0;
// What ran once more comes last.
const names = readdirSync(folder).sort((a, b) => a.length - b.length);
const read = (name) => readFileSync(path.join(folder, name), 'utf8');

if (!isGreen) {
  for (const name of names.filter((one) => one.endsWith('.log'))) {
    const lines = stripVTControlCharacters(read(name)).split('\n');
    const start = lines.findIndex((line) => /⎯ (Failed|Unhandled)/.test(line));
    console.log((start < 0 ? lines.slice(-MAX_LINES) : lines.slice(start, start + MAX_LINES)).join('\n'));
  }
}

// Of a file that ran once more, the later run counts.
const last = new Map();
for (const name of names.filter((one) => one.endsWith('.json'))) {
  const suite = name.replace(/(-again)?\.json$/, '');
  for (const result of JSON.parse(read(name)).testResults) last.set(`${suite} ${result.name}`, result);
}
const tests = [...last.values()].flatMap(({ name, assertionResults }) =>
  assertionResults.map(({ fullName, status: outcome }) => ({ name, fullName, outcome })),
);
for (const { name, fullName, outcome } of isGreen ? [] : tests) {
  if (outcome !== 'passed') console.log(`${outcome}: ${path.relative(process.cwd(), name)}: ${fullName}`);
}

const count = (outcome) => tests.filter((test) => test.outcome === outcome).length;
const failed = isGreen ? count('failed') : Math.max(1, count('failed'));
console.log(`${count('passed')} passed, ${failed} failed`);
