import { type Operations, startConsole } from '../../console/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { fakeOperations } from './fake-operations.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A console on a free port, and a browser that was let in. */
export async function visitor(more: Partial<Operations> = {}) {
  const clock = fakeClock();
  const errors: unknown[] = [];
  let ids = 0;
  const console = await startConsole({
    operations: fakeOperations(more),
    clock,
    newId: () => `id-${++ids}`,
    port: 0,
    onError: (error) => errors.push(error),
  });
  const { origin } = new URL(console.url);
  const opened = await fetch(console.url, { redirect: 'manual' });
  const [cookie = ''] = opened.headers.getSetCookie().map((one) => one.split(';')[0]);

  async function request(path: string, init: RequestInit = {}): Promise<Answer> {
    const answer = await fetch(origin + path, {
      redirect: 'manual',
      ...init,
      headers: { cookie, ...(init.headers as Record<string, string>) },
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  return {
    console,
    origin,
    opened,
    cookie,
    clock,
    errors,
    get: request,

    /** Sends a form as a page would. */
    async post(path: string, fields: readonly (readonly [string, string])[], init: RequestInit = {}) {
      const { text } = await request('/limits');
      const [, token = ''] = /name="formToken" value="([^"]+)"/.exec(text) ?? [];
      const body = new URLSearchParams([
        ['formToken', token],
        ...fields.map(([name, value]): [string, string] => [name, value]),
      ]);
      return request(path, { method: 'POST', body, ...init });
    },

    [Symbol.asyncDispose]: () => console[Symbol.asyncDispose](),
  };
}
