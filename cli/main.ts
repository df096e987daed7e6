import { ulid } from 'ulid';
import { systemClock } from '../lib/clock/index.ts';
import { discoveryFile } from '../local/discovery/index.ts';
import { listenForInterrupts } from '../terminal/index.ts';
import { runCli } from './run-cli.ts';

using interrupts = listenForInterrupts(process, systemClock, () => process.exit(130));
// Whoever reads the output has seen enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(1);
});

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  variables: process.env,
  discoveryFile: process.env['COMMITLANE_LOCAL_FILE'] ?? discoveryFile,
  clock: systemClock,
  newId: () => ulid().toLowerCase(),
  signal: interrupts.signal,
});
