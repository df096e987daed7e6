import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { makeProgram } from '../../cli/program.ts';
import { environment, runHere } from './streams.ts';

/** Every command that does something, by the words that call it. */
function everyCommand(): { words: string[]; help: string }[] {
  const program = makeProgram({ ...environment().environment, show: async () => undefined });
  return program.commands.flatMap((command) =>
    command.commands.length === 0
      ? [{ words: [command.name()], help: command.helpInformation() }]
      : command.commands.map((one) => ({ words: [command.name(), one.name()], help: one.helpInformation() })),
  );
}

const takesTenant = (words: readonly string[]) =>
  everyCommand().some(
    (command) => command.words.join() === words.filter(Boolean).join() && command.help.includes('--tenant'),
  );

describe('every command', () => {
  it.each(everyCommand().map(({ words }) => words))(
    '%s %s explains itself, with an example, and exits with 0',
    async (...words) => {
      const { code, stdout } = await runHere([...words.filter(Boolean), '--help']);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Usage: commitlane /);
      expect(stdout).toMatch(/--json/);
      expect(stdout).toMatch(/--local/);
      expect(stdout).toMatch(new RegExp(`Example:\\n {2}commitlane ${words.filter(Boolean).join(' ')}`));
    },
  );

  it.each(everyCommand().map(({ words }) => words))(
    '%s %s refuses an unknown option, and exits with 2',
    async (...words) => {
      const needed = takesTenant(words) ? ['--tenant', 'acme'] : [];
      const { code, stderr } = await runHere([...words.filter(Boolean), ...needed, '--no-such-thing']);
      expect(code).toBe(2);
      expect(stderr).toMatch(/unknown option '--no-such-thing'/);
    },
  );
});

describe('a command line that cannot be run', () => {
  it.each([
    [[], /Usage: commitlane/],
    [['nonsense'], /unknown command 'nonsense'/],
    [['limits'], /Usage: commitlane limits/],
    [['doctor'], /Which stack\? Give --stack NAME .* or --local/],
    [['doctor', '--local', '--stack', 'x'], /--local has no --stack/],
    [['doctor', 'more', '--local'], /too many arguments/],
    [['sessions', 'show', 'chat', '--stack', 'x'], /Whose session is chat\? Give --tenant/],
    [['commits', 'show', 'chat', 'c', '--stack', 'x'], /Whose session is chat\? Give --tenant/],
    [['commits', 'watch', 'chat', 'c', '--stack', 'x'], /Whose session is chat\? Give --tenant/],
    [['commits', 'cancel', 'chat', 'c', '--stack', 'x'], /Whose session is chat\? Give --tenant/],
    [['memories', 'list', '--local'], /Whose memories\? Give --scope/],
    [['memories', 'list', '--scope', 'ann', '--stack', 'x'], /Whose scope is ann\? Give --tenant/],
    [['memories', 'list', '--scope', 'a#b', '--local'], /1 to 128 characters/],
    [['memories', 'list', '--scope', 'ann', '--category', 'My Own', '--local'], /It must be a category/],
    [['memories', 'list', '--scope', 'ann', '--after', 'home', '--local'], /<category>#<key>/],
    [['memories', 'search', '--scope', 'ann', '--local'], /missing required argument 'query'/],
    [['sessions', 'search', 'chat', 'x'.repeat(1_001), '--local'], /1 to 1000 characters/],
    [['sessions', 'search', 'chat', 'caf\ufffd', '--local'], /not UTF-8/],
    [['sessions', 'search', 'chat', 'tea', '--stack', 'x'], /Whose session is chat\? Give --tenant/],
    [['memories', 'show', 'home-city', '--scope', 'ann', '--local'], /<category>\/<key>, such as/],
    [['memories', 'show', 'profile/Home City', '--scope', 'ann', '--local'], /is it profile\/home-city\?/],
    [['memories', 'show', 'profile/!', '--scope', 'ann', '--local'], /joined by hyphens/],
    [['memories', 'show', 'profile/caf\ufffd', '--scope', 'ann', '--local'], /<category>\/<key>/],
    [['memories', 'edit', 'profile/home', '--scope', 'ann', '--local'], /missing required argument 'text'/],
    [['memories', 'edit', 'profile/home', ' ', '--scope', 'ann', '--local'], /a text that says something/],
    [['memories', 'edit', 'profile/home', 'x'.repeat(1_001), '--scope', 'ann', '--local'], /at most 1000/],
    [['memories', 'edit', 'profile/home', 'caf\ufffd', '--scope', 'ann', '--local'], /U\+FFFD/],
    [['memories', 'forget', '--scope', 'ann', '--local'], /missing required argument 'memory'/],
    [['memories', 'erase', '--tenant', 'acme', '--local'], /Whose memories\? Give --scope/],
    [['append', 'chat', 'tea', '--stack', 'x'], /Whose session is chat\? Give --tenant/],
    [['commit', 'chat', '--stack', 'x'], /Whose session is chat\? Give --tenant/],
    [['token'], /Tokens are made for the local stack only/],
    [['token', '--stack', 'x'], /Tokens are made for the local stack only/],
    [['token', '--local', '--ttl', '0s'], /--ttl must be from 1s to 365d/],
    [['token', '--local', '--ttl', '366d'], /--ttl must be from 1s to 365d/],
    [['token', '--local', '--tenant', 'a b'], /1 to 128 characters/],
    [['sessions', 'show', 'a#b', '--tenant', 'acme', '--local'], /1 to 128 characters/],
    [['append', 'chat', '--tenant', 'acme', '--local'], /either a text or --file/],
    [['append', 'chat', 'hi', '--role', 'boss', '--tenant', 'acme', '--local'], /message 1, role: /],
    [['append', 'chat', '', '--tenant', 'acme', '--local'], /message 1, content: /],
    [
      ['append', 'chat', '--file', '/nowhere/x', '--tenant', 'acme', '--local'],
      /\/nowhere\/x cannot be read \(ENOENT\)/,
    ],
    [['commit', 'chat', '--tenant', 'acme', '--reason', '', '--local'], /1 to 500 characters/],
    [['commit', 'chat', '--tenant', 'acme', '--reason', 'r'.repeat(501), '--local'], /1 to 500 characters/],
    [['commit', 'chat', '--tenant', 'acme', '--reason', 'caf\ufffd', '--local'], /not UTF-8/],
    [['append', 'chat', 'caf\ufffd', '--tenant', 'acme', '--local'], /U\+FFFD.*use --file/],
    [['commit', 'chat', '--tenant', 'acme', '--keep-recent', '-1', '--local'], /whole number from 0 to 1000/],
    [['dlq', 'list', '--older-than', '5', '--local'], /with a unit: 90s, 15m, 2h, 3d/],
    [['dlq', 'list', '--queue', 'both', '--local'], /Allowed choices are commits, follow-ups/],
    [['dlq', 'replay', '--local'], /Which letters\?/],
    [['dlq', 'replay', '--queue', 'commits', '--local'], /Which letters\?/],
    [['dlq', 'replay', '--all', '--session', 'x', '--local'], /--all takes every letter/],
    [['dlq', 'replay', '--all', '--deep', '--local'], /--deep belongs to --dry-run/],
    [['dlq', 'replay', '--all', '--rate', '0', '--local'], /whole number from 1 to 500/],
    [['dlq', 'replay', '--native', '--session', 'x', '--local'], /--native moves whole queues/],
    [
      ['limits', 'get', 'lease.ttl', '--local'],
      /There is no limit 'lease\.ttl'; the known limits are lease\.ttlMs/,
    ],
    [['limits', 'set', 'lease.ttlMs', '--local'], /limit=value/],
    [['limits', 'set', 'lease.ttlMs=1', 'lease.ttlMs=2', '--local'], /lease\.ttlMs is given twice/],
    [['limits', 'reset', '--local'], /Name some, or give --all/],
    [['limits', 'rollback', '--to', '2', '--local'], /Which limit is version --to of/],
    [['limits', 'rollback', 'lease.ttlMs', '--to', '-1', '--local'], /--to/],
    [['limits', 'reset', 'lease.ttlMs', '--all', '--local'], /Name some, or give --all/],
    [['verify', '--local'], /Name a session, or give --scope or --all/],
    [['verify', '--scope', 'ann', '--all', '--local'], /Name a session, or give --scope or --all/],
    [['verify', '--erased', '--all', '--local'], /Which session\? Name it after --erased/],
    [['verify', '--scope', 'ann', '--stack', 'x'], /Whose scope is ann/],
    [['verify', 'chat', '--stack', 'x'], /Whose session is chat/],
  ])('%j says what is wrong', async (args, message) => {
    const { stderr, stdout, code } = await runHere(args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    if (!args.includes('boss') && !args.includes('hi') && !stderr.includes('either a text'))
      expect(code).toBe(2);
  });
});

describe('messages on the standard input', () => {
  const line = (fields: string) => `{"role":"user","content":"x","metadata":${fields}}`;
  const append = (input: string | Uint8Array) =>
    runHere(['append', 'chat', '--file', '-', '--tenant', 'acme', '--local'], {
      stdin: Readable.from([Buffer.from(input)]),
    });

  it.each([
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xe9, 0x22]), /The standard input is not UTF-8 text/],
    ['no JSON', '{"role":', /Line 1 is not JSON/],
    [
      'a number that no double holds',
      `\n${line('{"n":9007199254740993}')}`,
      /Line 2 .* metadata\.n: this number/,
    ],
    ['a key that is there twice', line('{"a":1,"a":2}'), /metadata\.a: the key occurs twice/],
    ['a lone surrogate', line('"\\ud83d"'), /metadata: has a lone surrogate/],
    ['deep nesting', line(`${'['.repeat(120_000)}${']'.repeat(120_000)}`), /nested more than 64 deep/],
    ['metadata that is no object', line('[]'), /message 1, metadata: must be a JSON object/],
    ['more than 100 messages', `${line('{}')}\n`.repeat(101), /at most 100 messages/],
    ['no message', '\n\n', /at least 1 message/],
    ['2 MB', ' '.repeat(2_000_000), /2000000 bytes; one append takes at most 262144/],
    ['a long unknown field', `{"role":"user","${'k'.repeat(200_000)}":1}`, /message 1/],
  ])('are refused, with few words, for %s', async (_what, input, says) => {
    const { code, stdout, stderr } = await append(input);
    expect(stderr).toMatch(says);
    expect(stderr.length).toBeLessThan(4_000);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('without a local stack', () => {
  it('says that there is none, and what to do, also as JSON', async () => {
    const { code, stdout, stderr } = await runHere(['limits', 'list', '--local', '--json']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /There is no local stack: \/nowhere\/local\.json is not there\. Start one with npx commitlane start/,
    );
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'no-local-stack' } });
  });
});
