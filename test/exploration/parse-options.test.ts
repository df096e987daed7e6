import { PassThrough } from 'node:stream';
import { CommanderError } from '@commander-js/extra-typings';
import { describe, expect, it } from 'vitest';
import { parseOptions } from './cli/parse-options.ts';

/** The options, or what is said of them. */
function parse(args: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  try {
    return parseOptions(args, { stdout, stderr, variables: {} });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode, said: String(stderr.read() ?? stdout.read()) };
  }
}

describe('npm run explore', () => {
  it.each([
    [[], { kind: 'search', seconds: 600 }],
    [['--seconds', '0.5'], { kind: 'search', seconds: 0.5 }],
    [['--replay', 'commits:1:.0-0'], { kind: 'replay', schedule: 'commits:1:.0-0' }],
    [['--replay=a', '--mutant', 'm'], { kind: 'replay', schedule: 'a', mutant: 'm' }],
    [['--mutants'], { kind: 'mutants' }],
  ])('takes %j', (args, options) => {
    expect(parse(args)).toEqual(options);
  });

  it.each([
    [['--seconds', '0'], "'0' is invalid. It must be a positive number of seconds"],
    [['--seconds', 'long'], "'long' is invalid"],
    [['--mutant', 'm'], '--mutant needs --replay'],
    [['--mutants', '--mutant', 'm'], '--mutant needs --replay'],
    [['--mutants', '--replay', 'a'], "'--mutants' cannot be used with option '--replay <schedule>'"],
    [['--replay', 'a', '--seconds', '1'], "'--replay <schedule>' cannot be used with option '--seconds <n>'"],
    [['--fast'], "unknown option '--fast'"],
  ])('refuses %j', (args, message) => {
    expect(parse(args)).toEqual({ exitCode: 1, said: expect.stringContaining(message) });
  });

  it('explains itself', () => {
    expect(parse(['--help'])).toEqual({ exitCode: 0, said: expect.stringContaining('--replay <schedule>') });
  });
});
