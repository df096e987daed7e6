import { describe, expect, it } from 'vitest';
import { confirm } from '../../cli/command/confirm.ts';
import { parseDuration } from '../../cli/command/parse-duration.ts';
import { age } from '../../cli/display/age.ts';
import { barOf, progressBar } from '../../cli/display/progress-bar.ts';
import { table } from '../../cli/display/table.ts';
import { viewOf } from '../../cli/display/view.ts';
import { explainError } from '../../cli/explain-error.ts';
import { StoreUnavailableError } from '../../lib/store/index.ts';
import { environment, typing } from './streams.ts';

const plain = viewOf(environment().environment.stdout, {});

describe('a table', () => {
  it('has columns as wide as their widest cell, whatever its script', () => {
    expect(
      table(plain, [
        ['NAME', 'N', 'WHAT'],
        ['a', '10', 'x'],
        ['東京', '7', 'y'],
      ]),
    ).toEqual(['NAME  N   WHAT', 'a     10  x', '東京  7   y']);
  });

  it('has colours on a terminal, and none where NO_COLOR is set', () => {
    const { stdout } = environment({ isTTY: true }).environment;
    expect(table(viewOf(stdout, {}), [['A']])[0]).toContain('\u001b[');
    expect(table(viewOf(stdout, { NO_COLOR: '1' }), [['A']])).toEqual(['A']);
  });
});

describe('a time span', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [7_200_000, '2 h'],
    [86_400_000, '1 day'],
    [200_000_000, '2 days'],
  ])('%i ms is %s', (ms, text) => expect(age(ms)).toBe(text));

  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['3d', 259_200_000],
  ])('%s is %i ms', (text, ms) => expect(parseDuration(text)).toBe(ms));
});

describe('a progress bar', () => {
  it('fills from left to right', () => {
    expect(barOf(0, 4)).toBe(`[${'-'.repeat(24)}]`);
    expect(barOf(2, 4)).toBe(`[${'#'.repeat(12)}${'-'.repeat(12)}]`);
    expect(barOf(4, 4)).toBe(`[${'#'.repeat(24)}]`);
  });

  it('is shown on a terminal only', () => {
    const onTerminal = environment({ isTTY: true });
    progressBar(onTerminal.environment, 4).update(2, 'letters');
    expect(onTerminal.stderr()).toContain('2 of 4 letters');
    const elsewhere = environment();
    progressBar(elsewhere.environment, 4).update(2, 'letters');
    expect(elsewhere.stderr()).toBe('');
  });
});

describe('a question', () => {
  it.each([
    ['y', true],
    ['YES', true],
    ['', false],
    ['no', false],
  ])('that is answered with %j gives %s', async (answer, expected) => {
    const { environment: made } = environment({ stdin: typing(answer) });
    expect(await confirm(made, 'Replay?')).toBe(expected);
  });
});

describe('an error', () => {
  it.each([
    ['CredentialsProviderError', /no AWS credentials: sign in .*--local/],
    ['ExpiredTokenException', /have expired/],
    ['AccessDeniedException', /may not do that/],
  ])('%s comes with what to do', (name, message) => {
    const cause = Object.assign(new Error('no'), { name });
    expect(explainError(new StoreUnavailableError('readMeta', cause)).message).toMatch(message);
  });

  it('of a stack that has ended says so', () => {
    const cause = new AggregateError([Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })]);
    expect(explainError(cause).message).toMatch(/if this is the local stack, it has ended/);
  });

  it('cannot move the cursor of a terminal', () => {
    expect(explainError(new Error('a\u001b[2Jb')).message).toBe('Error: ab');
  });
});
