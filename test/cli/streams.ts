import { PassThrough, Readable, Writable } from 'node:stream';
import type { CliEnvironment } from '../../cli/cli-environment.ts';
import { runCli } from '../../cli/run-cli.ts';
import { fakeClock } from '../support/fake-clock.ts';

/** A stream that keeps what is written to it. */
function keeping(isTTY: boolean) {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY, columns: 100 }), read: () => text };
}

/** An environment in this process; nothing in it can be reached. */
export function environment(more: Partial<CliEnvironment> & { readonly isTTY?: boolean } = {}) {
  const { isTTY = false, ...given } = more;
  const stdout = keeping(isTTY);
  const stderr = keeping(isTTY);
  let ids = 0;
  const made: CliEnvironment = {
    stdin: Readable.from([]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    variables: {},
    discoveryFile: '/nowhere/local.json',
    clock: fakeClock(),
    newId: () => `id-${++ids}`,
    signal: new AbortController().signal,
    ...given,
  };
  return { environment: made, stdout: stdout.read, stderr: stderr.read };
}

/** Runs the command line in this process. */
export async function runHere(args: readonly string[], more: Parameters<typeof environment>[0] = {}) {
  const { environment: made, stdout, stderr } = environment(more);
  const code = await runCli(args, made);
  return { code, stdout: stdout(), stderr: stderr() };
}

/** A terminal that somebody types an answer on. */
export function typing(answer: string) {
  const stdin = new PassThrough();
  stdin.write(`${answer}\n`);
  return Object.assign(stdin, { isTTY: true });
}
