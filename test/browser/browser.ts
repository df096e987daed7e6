import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findOnPath } from '../../local/emulators/redis-rest/find-on-path.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';

/** Where chromium is, if this machine has one. */
export async function chromiumProgram(): Promise<string | undefined> {
  return findOnPath('chromium', process.env['PATH'] ?? '');
}

/** A browser without scripts, and what it complains of. */
export async function startBrowser() {
  const timeout = safetyTimeouts.conditionMs;
  const executablePath = await chromiumProgram();
  if (executablePath === undefined) throw new Error('There is no chromium on the PATH: install it.');
  // Its sandbox needs rights that a container may not have.
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false, timeout });
  const complaints: string[] = [];
  return {
    complaints,

    /** Opens a page in a profile of its own. */
    async open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
      const context = await browser.newContext({ javaScriptEnabled: false, ...options });
      context.setDefaultTimeout(timeout);
      const page = await context.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('requestfailed', (request) => {
        const { errorText } = request.failure() ?? {};
        // One page was left for another before its icon had come.
        if (errorText !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${errorText}`);
      });
      await page.goto(url);
      return page;
    },

    [Symbol.asyncDispose]: () => browser.close(),
  };
}

export type Browser = Awaited<ReturnType<typeof startBrowser>>;
