import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../local/temporary-folder.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';

const app = fileURLToPath(new URL('../../cdk/app.ts', import.meta.url));

it.each([
  ['a stage that is none', { 'commitlane:stage': '!!' }, /commitlane:stage a lower-case name/],
  ['a way to sign in that there is not', { 'commitlane:auth': 'foo' }, /commitlane:auth .*"jwt"\|"iam"/],
  ['an origin with a path', { 'commitlane:corsOrigins': 'https://a.example/' }, /must be origins such as/],
  [
    'timeouts that contradict one another',
    { 'commitlane:commitTimeoutSeconds': '1' },
    /contradict one another/,
  ],
])(
  '%s ends the synthesis with what is wrong, and not with where it was noticed',
  async (_what, context, message) => {
    await using folder = await temporaryFolder();
    const { promise, resolve } = Promise.withResolvers<{ code: number; stderr: string }>();
    const env = { ...process.env, CDK_OUTDIR: folder.path, CDK_CONTEXT_JSON: JSON.stringify(context) };
    execFile(
      process.execPath,
      [app],
      { env, timeout: safetyTimeouts.conditionMs },
      (error, _stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stderr }),
    );
    const { code, stderr } = await promise;
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  },
);
