import { systemClock } from '../lib/clock/index.ts';
import { listenForInterrupts } from '../terminal/index.ts';
import { runEval } from './run-eval.ts';

using interrupts = listenForInterrupts(process, systemClock, () => process.exit(130));
// Whoever reads the output has seen enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(1);
});

process.exitCode = await runEval(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  variables: process.env,
  folder: process.env['INIT_CWD'] ?? process.cwd(),
  signal: interrupts.signal,
});
