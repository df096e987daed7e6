import { parseArgs } from 'node:util';
import { deepSearch } from './cli/deep-search.ts';
import { mutantTable } from './cli/mutant-table.ts';
import { replayCommand } from './cli/replay-command.ts';

const usage = `npm run explore -- [options]

  --seconds N        search for N seconds in all (default 600); what must be followed whole takes as long as it takes
  --replay STRING    follow one schedule, as a violation prints it, and tell it step by step
  --mutant NAME      with --replay: in the protocol with this mistake
  --mutants          find every deliberate mistake, and print who found it
`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    replay: { type: 'string' },
    mutant: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(usage);
else if (values.replay !== undefined) process.exitCode = await replayCommand(values.replay, values.mutant);
else if (values.mutants) process.exitCode = await mutantTable();
else process.exitCode = await deepSearch(secondsOf(values.seconds));

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new RangeError(`--seconds must be a positive number of seconds; it is '${text}'`);
}
