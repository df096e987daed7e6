import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, chromiumProgram, startBrowser } from '../browser/browser.ts';
import { type ExampleWorld, exampleWorld } from './example-world.ts';
import type { OpenChat } from './open-chat.ts';

/** CI must have a chromium; other machines may do without. */
const isWithout = (await chromiumProgram()) === undefined && process.env['CI'] === undefined;
const skipped = isWithout ? ' (skipped: chromium is not on the PATH)' : '';

describe.skipIf(isWithout)(`the chat page${skipped}`, () => {
  const resources = new AsyncDisposableStack();
  let world: ExampleWorld;
  let browser: Browser;
  let chat: OpenChat;
  let page: Page;
  beforeAll(async () => {
    world = resources.use(await exampleWorld());
    browser = resources.use(await startBrowser());
    chat = resources.use(await world.openChat('--user', 'rob'));
    page = await open();
  });
  afterAll(() => resources.disposeAsync());

  const open = () => browser.open(chat.url, { javaScriptEnabled: true });
  const said = () => page.getByRole('log').getByRole('listitem').allTextContents();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const remembered = () => page.locator('#remembered').textContent();

  /** Says something as a person does, and waits for the whole answer. */
  async function say(text: string) {
    const before = (await said()).length;
    await page.getByLabel('Your message').fill(text);
    await page.getByLabel('Your message').press('Enter');
    await page
      .getByRole('log')
      .getByRole('listitem')
      .nth(before + 1)
      .waitFor();
    await page.locator('#send:enabled').waitFor();
    return (await said()).at(-1);
  }

  it('streams an answer, and commits when it is told to', async () => {
    await expect.poll(remembered).toBe('Nothing yet.');
    expect(await say('I live in Bergen, and I am allergic to hazelnuts.')).toContain(
      'I do not know anything',
    );
    await press('Remember now');
    await page.getByText('Remembered.', { exact: true }).waitFor();
    await expect.poll(remembered).toContain('The user is allergic to hazelnuts.');
  });

  it('knows in a new conversation what was said in another one', async () => {
    await press('New conversation');
    await expect.poll(said).toEqual([]);
    expect(await say('What do you know about me?')).toMatch(
      /You told me that .*you are allergic to hazelnuts/,
    );
  });

  it('shows what was said as it was said, and runs none of it', async () => {
    const odd = '<img src=x onerror="document.title=1"> & <b>bold</b>';
    await say(odd);
    expect((await said()).at(-2)).toBe(`You${odd}`);
    expect(await page.title()).toBe('Chat – Commitlane');
  });

  it('shows an earlier conversation again, archived or live, also after it is loaded anew', async () => {
    await page
      .getByLabel('Conversation', { exact: true })
      .first()
      .selectOption('I live in Bergen, and I am allergic to hazelnuts.');
    await expect
      .poll(async () => (await said())[0])
      .toBe('YouI live in Bergen, and I am allergic to hazelnuts.');
    await page.reload();
    await expect.poll(async () => (await said()).length).toBe(2);
  });

  it('is usable by keyboard, and fits a narrow screen', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    const widths = 'document.documentElement.scrollWidth <= document.documentElement.clientWidth';
    expect(await page.evaluate(widths)).toBe(true);
    await page.getByRole('button', { name: 'New conversation' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(said).toEqual([]);
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('text');
  });

  it('says so when the stack does not answer, and keeps what was typed', async () => {
    await page.route(`${world.stack.apiUrl}/**`, (route) => route.abort());
    await page.getByLabel('Your message').fill('Is anybody there?');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('could not be reached');
    expect(await page.getByLabel('Your message').inputValue()).toBe('Is anybody there?');
    expect(await said()).toEqual([]);
    await page.unroute(`${world.stack.apiUrl}/**`);
    const failures = browser.complaints.filter((one) => !one.includes('ERR_FAILED'));
    expect(failures).toEqual([]);
  });
});
