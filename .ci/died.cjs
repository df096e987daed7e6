// Prints the files of a run whose tests did not all end, though none failed: Node itself can die of a bug of its own, as when it
// ends threads. Fails where a test or a hook did, or where there is no report. Runs on any Node.
const { readFileSync } = require('node:fs');

const [file] = process.argv.slice(2);
const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
const failed = testResults.filter(({ status }) => status === 'failed');
const isDead = ({ message, assertionResults }) =>
  message === '' && assertionResults.every(({ status }) => status === 'passed' || status === 'pending');
if (failed.length === 0 || !failed.every(isDead)) process.exit(1);
console.log(failed.map(({ name }) => name).join(' '));
