// Ends the log: what failed and why, once more, and how many tests there were. Runs on any Node.
const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

/** Of what each run says of its failures. */
const MAX_LINES = 60;

const [folder, status] = process.argv.slice(2);
const isGreen = Number(status) === 0;
const read = (ending) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
const runs = read('.json').map((text) => JSON.parse(text));

if (!isGreen) {
  for (const log of read('.log')) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one.
    const lines = log.replace(/\u001b\[[\d;]*m/g, '').split('\n');
    const start = lines.findIndex((line) => /⎯ (Failed|Unhandled)/.test(line));
    console.log((start < 0 ? lines.slice(-MAX_LINES) : lines.slice(start, start + MAX_LINES)).join('\n'));
  }
  for (const { name, assertionResults } of runs.flatMap(({ testResults }) => testResults)) {
    const wanting = assertionResults.filter((test) => test.status !== 'passed');
    if (wanting.length === 0) continue;
    console.log(path.relative(process.cwd(), name));
    for (const { fullName, status: outcome } of wanting) console.log(`  ${outcome}: ${fullName}`);
  }
}

const sum = (field) => runs.reduce((total, run) => total + run[field], 0);
const failed = isGreen ? sum('numFailedTests') : Math.max(1, sum('numFailedTests'));
console.log(`${sum('numPassedTests')} passed, ${failed} failed`);
