import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliWorld, cliWorld } from '../cli/cli-world.ts';
import { type Browser, chromiumProgram, startBrowser } from './browser.ts';
import { type OpenConsole, openConsole } from './open-console.ts';

/** CI must have a chromium; other machines may do without. */
const isWithout = (await chromiumProgram()) === undefined && process.env['CI'] === undefined;
const script = '<script>document.title = "taken over"</script>';

let world: CliWorld;
const resources = new AsyncDisposableStack();
beforeAll(async () => {
  world = resources.use(await cliWorld());
});
afterAll(() => resources.disposeAsync());

describe('the command console', () => {
  it('serves the stack that it was given until Ctrl-C, and exits with 130', async () => {
    const { url, end } = await openConsole(world, '--json');
    const opened = await fetch(url, { redirect: 'manual' });
    const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const overview = await fetch(new URL('/', url), { headers: { cookie } });
    expect(await overview.text()).toContain(world.stack.apiUrl);

    const taken = await world.run('console', '--local', '--port', new URL(url).port);
    expect(taken).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^Port \d+ .* is taken/),
    });

    const { code, stdout } = await end();
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toEqual({ stack: 'commitlane-dev', url });
    await expect(fetch(url)).rejects.toThrow();
  });
});

const skipped = isWithout ? ' (skipped: chromium is not on the PATH)' : '';
describe.skipIf(isWithout)(`the console in a browser without scripts${skipped}`, () => {
  let browser: Browser;
  let console: OpenConsole;
  let page: Page;
  const heading = () => page.getByRole('heading', { level: 1 }).textContent();
  const follow = (name: string) =>
    page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();
  const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();

  beforeAll(async () => {
    browser = resources.use(await startBrowser());
    console = resources.use(await openConsole(world));
    page = await browser.open(console.url);
  });

  it('opens at the printed address, and keeps no secret in its own', async () => {
    expect(new URL(page.url()).search).toBe('');
    expect(await page.title()).toBe('Overview – commitlane-dev');
    // The policy lets the stylesheet in.
    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('light dark');
  });

  it('changes a limit, once somebody has seen what would change', async () => {
    await follow('Limits');
    await page.getByLabel('lease.ttlMs', { exact: true }).fill('0');
    await press('Review the changes…');
    expect(await page.getByRole('alert').textContent()).toMatch(
      /lease\.ttlMs must be a whole number of ms from 1000/,
    );
    await page.getByLabel('lease.ttlMs', { exact: true }).fill('45000');
    await press('Review the changes…');
    expect((await world.run('limits', 'get', 'lease.ttlMs', '--local')).stdout).toBe('30000\n');
    await press('Change 1 limit');
    expect(await page.getByRole('status').textContent()).toMatch(/Written: lease\.ttlMs/);
    expect((await world.run('limits', 'get', 'lease.ttlMs', '--local')).stdout).toBe('45000\n');

    await press('Reset lease.ttlMs to its default…');
    await press('Change 1 limit');
    expect((await world.run('limits', 'get', 'lease.ttlMs', '--local')).stdout).toBe('30000\n');
  });

  it('shows a session and follows a commit, and what was written in a chat is text', async () => {
    await world.client.createSession('chat');
    await world.say('chat', `I live in Oslo. ${script}`, 'two');
    const { commitId } = await world.client.requestCommit('chat', { reason: script });
    await world.ended('chat', commitId);
    await world.say('chat', 'three');

    await follow('Sessions');
    await page.locator('#tenant').fill('acme');
    await page.getByLabel('Session id').fill('chat');
    await press('Show the session');
    expect(await heading()).toBe('Session chat');
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/1 message, positions 3 to 3/);
    expect(text).toContain(script);
    await page.getByRole('link', { name: commitId }).first().click();
    expect(await heading()).toBe(`Commit ${commitId}`);
    expect(await page.locator('main').innerText()).toMatch(/queued[\s\S]*archived[\s\S]*completed/);
    expect(await page.title()).toBe(`Commit ${commitId} – commitlane-dev`);
  });

  it('replays a dead letter, once somebody has seen the plan, and the commit completes', async () => {
    const through = 3;
    const commit = { tenant: 'acme', session: 'chat', commitId: 'given-up', keepRecent: 0 };
    await world.giveUp('chat', { ...commit, through, requestedAtMs: Date.now() });
    await world.giveUp('raw', script);
    await follow('Dead letters');
    expect(await page.locator('main').innerText()).toMatch(/does what was requested[\s\S]*lease-unavailable/);
    const row = page.getByRole('row').filter({ hasText: 'given-up' });
    await row.getByRole('checkbox').check();
    await press('Plan a replay of the chosen…');
    expect(await heading()).toBe('Replay these letters?');
    await press('Replay 1 letter');
    await expect.poll(heading).toBe('Replayed');
    expect(await page.getByRole('status').first().textContent()).toMatch(/Replayed 1 of 1 letter/);
    const followed = () => page.getByRole('status').last().textContent();
    await expect.poll(followed).toMatch(/1 completed, 0 failed again, 0 still running/);

    await page.getByRole('link', { name: 'given-up' }).click();
    await expect.poll(() => page.locator('main').innerText()).toMatch(/completed/);
    expect(await world.contents('chat')).toMatchObject({ live: [] });
    await follow('Dead letters');
    await page.getByRole('row').filter({ hasText: 'raw' }).getByRole('link').click();
    expect(await page.locator('main').innerText()).toContain(script);
    expect(await page.title()).toMatch(/^Dead letter .* – commitlane-dev$/);
  });

  it('runs the checks', async () => {
    await follow('Overview');
    await press('Run the checks');
    expect(await page.locator('main').innerText()).toMatch(
      /Nothing has failed[\s\S]*credentials[\s\S]*local user/,
    );
  });

  it('fits a small screen, in the dark too', async () => {
    const viewport = { width: 360, height: 740 };
    const small = await browser.open(console.url, { viewport, colorScheme: 'dark' });
    for (const path of ['/', '/sessions?tenant=acme&session=chat', '/letters', '/limits']) {
      await small.goto(new URL(path, console.url).href);
      const [needed, given] = await small
        .locator('html')
        .evaluate((html) => [html.scrollWidth, html.clientWidth] as const);
      expect(needed, path).toBeLessThanOrEqual(given);
    }
    expect(await small.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(21, 24, 27)');
  });

  it('has made the browser complain of nothing but the limit that was wrong', () => {
    expect(browser.complaints).toEqual([expect.stringMatching(/the server responded with a status of 400/)]);
  });
});
