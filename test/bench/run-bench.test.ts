import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../bench/claim.ts';
import { claims } from '../../bench/claims.ts';
import { runBench } from '../../bench/run-bench.ts';

function captured() {
  const texts: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      texts.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => texts.join('') };
}

async function run(
  args: readonly string[],
  options: { readonly signal?: AbortSignal; readonly claims?: readonly Claim[] } = {},
) {
  const [stdout, stderr] = [captured(), captured()];
  const exitCode = await runBench(args, {
    stdout: stdout.stream,
    stderr: stderr.stream,
    variables: {},
    claims,
    signal: new AbortController().signal,
    ...options,
  });
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

describe('npm run bench', () => {
  it('prints one JSON document and nothing else', async () => {
    const { exitCode, stdout, stderr } = await run(['--json', '--only', 'limits']);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    const report = JSON.parse(stdout);
    expect(report.sections.map(({ name }: { name: string }) => name)).toEqual(['limits']);
    expect(report.claims).toHaveLength(2);
  });

  it('shows people a table', async () => {
    const { exitCode, stdout } = await run(['--only', 'limits']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ +SSM +sent$/m);
    expect(stdout).toMatch(/the first invocation +2 /);
    expect(stdout).toContain('All 2 promises');
  });

  it.each([
    [['--only', 'nothing'], "'nothing' is invalid. There are append, auto-commit, read"],
    [['--fast'], "unknown option '--fast'"],
    [['append'], 'Expected 0 arguments but got 1'],
  ])('refuses %j', async (args, message) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
  });

  it('fails when a promise is not kept, and names it', async () => {
    const broken: Claim = {
      sentence: 'Limits cost nothing',
      statedIn: { page: 'docs/operations.md', words: 'for nothing' },
      section: 'limits',
      figure: 'limits.first:ssmRequests',
      expected: { equals: 0 },
    };
    const { exitCode, stdout } = await run(['--only', 'limits'], { claims: [...claims, broken] });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('1 of 3 promises');
    expect(stdout).toContain('Limits cost nothing (docs/operations.md: “for nothing”).');
    expect(stdout.replace(/\s+/g, ' ')).toContain('limits.first:ssmRequests is 2; expected: {"equals":0}.');
  });

  it('explains itself', async () => {
    const { exitCode, stdout } = await run(['--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('--only <name>');
  });

  it('ends when somebody stops it', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    expect(await run(['--only', 'limits'], { signal: stopped })).toEqual({
      exitCode: 130,
      stdout: '',
      stderr: 'Stopped.\n',
    });
  });
});
