import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationsOn } from '../../console/index.ts';
import { said } from '../memory/statements.ts';
import { memoryTarget } from '../operator/memory-target.ts';
import { evil } from './fake-operations.ts';
import { visitor } from './visitor.ts';

let stack: Awaited<ReturnType<typeof memoryTarget>>;
beforeAll(async () => {
  stack = await memoryTarget();
});
afterAll(() => stack?.[Symbol.asyncDispose]());

/** What a browser would show, more or less. */
const words = (text: string) =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ')
    .trim();

let scopes = 0;

/** A console on a table, and a scope of its own with memories. */
async function openScope(...some: Parameters<typeof said>[]) {
  const scope = { tenant: 'acme', scope: `user-${++scopes}` };
  await stack.merge(scope, ...some.map((one) => said(...one)));
  const { memories, memory, changeMemory } = operationsOn(stack.target);
  const world = await visitor({ memories, memory, changeMemory });
  const address = { ...scope, category: 'profile', key: 'home-city' };
  const one = (more: Partial<typeof address> = {}) =>
    `/memories/one?${new URLSearchParams({ ...address, ...more })}`;
  return {
    ...world,
    one,
    list: (more: Record<string, string> = {}) => `/memories?${new URLSearchParams({ ...scope, ...more })}`,

    /** Sends a form of the page of the memory as a browser would that has just opened it. */
    async send(action: string, text?: string, seen?: string) {
      const page = (await world.get(one())).text;
      const [, revision = ''] = /name="seen" value="([^"]+)"/.exec(page) ?? [];
      const fields = Object.entries({
        ...address,
        seen: seen ?? revision,
        ...(text !== undefined && { text }),
      });
      return { revision, ...(await world.post(`/memories/${action}`, fields)) };
    },
  };
}

describe('the page of memories', () => {
  it('asks for a scope, and keeps what was asked for in its form', async () => {
    await using world = await openScope();
    expect(words((await world.get('/memories')).text)).toMatch(/Memories .* Tenant Scope Category/);
    const { text } = await world.get(world.list({ category: 'profile', words: 'oslo', forgotten: 'yes' }));
    expect(text).toMatch(/name="category" value="profile"/);
    expect(text).toMatch(/name="words" value="oslo"/);
    expect(text).toMatch(/name="forgotten" value="yes" checked/);
    expect(words(text)).toMatch(/There are no such memories\./);
  });

  it('lists them with where they are from, by category and by words, and forgotten ones on demand', async () => {
    await using world = await openScope(
      ['Ann lives in Oslo.'],
      ['Ann likes 寿司.', { category: 'preference', key: '寿司' }],
    );
    const listed = async (more: Record<string, string> = {}) =>
      words((await world.get(world.list(more))).text);
    expect(await listed()).toMatch(
      /preference\/寿司 Ann likes 寿司\. .* profile\/home-city Ann lives in Oslo\. .* chat , archive 1/,
    );
    expect(await listed({ category: 'preference' })).not.toMatch(/home-city/);
    expect(await listed({ words: '寿司' })).not.toMatch(/home-city/);
    await world.send('forget');
    expect(await listed({ category: '', words: '' })).not.toMatch(/home-city/);
    expect(await listed({ forgotten: 'yes' })).toMatch(/home-city forgotten .* operator:local user ann/);
    const { text } = await world.get(world.list());
    expect(text).toContain(`key=${encodeURIComponent('寿司')}"`);
  });

  it('has as many pages as it takes', async () => {
    const some = Array.from({ length: 60 }, (_, index): Parameters<typeof said> => {
      return ['Ann likes tea.', { category: 'entity', key: `topic-${String(index).padStart(2, '0')}` }];
    });
    await using world = await openScope(...some);
    const { text } = await world.get(world.list({ words: 'tea' }));
    expect(text).toContain('topic-49');
    expect(text).not.toContain('topic-50');
    const [, more = ''] = /href="([^"]*after=[^"]*)"/.exec(text) ?? [];
    const second = await world.get(more.replaceAll('&amp;', '&'));
    expect(second.text).toContain('topic-50');
    expect(second.text).toContain('topic-59');
    expect(second.text).not.toContain('More memories');
  });
});

describe('the page of a memory', () => {
  it('shows its history with links to the session and its archives', async () => {
    await using world = await openScope(['Ann lives in Bonn.'], ['Ann has a cat.', { key: 'tom' }]);
    await stack.merge(
      { tenant: 'acme', scope: `user-${scopes}` },
      said('Ann lives in Oslo.', { archive: 2 }),
    );
    const { text, status } = await world.get(world.one());
    expect(status).toBe(200);
    expect(words(text)).toMatch(/It says Ann lives in Oslo\./);
    expect(words(text)).toMatch(
      /said in force Ann lives in Oslo\. chat , archive 2 message m , by test .* said Ann lives in Bonn\. chat , archive 1/,
    );
    expect(text).toContain('href="/sessions?tenant=acme&amp;session=chat"');
    expect(text).toContain('href="/sessions?tenant=acme&amp;session=chat#archives"');
    expect(words(text)).not.toContain('Ann has a cat');
  });

  it('takes a correction, and says by whom it was entered', async () => {
    await using world = await openScope(['Ann lives in Bonn.']);
    const entered = await world.send('edit', 'Ann lives in Bergen.\r\nShe moved.');
    expect(entered.status).toBe(303);
    expect(entered.headers.get('location')).toBe(world.one());
    const { text } = await world.get(world.one());
    expect(words(text)).toMatch(/It says Ann lives in Bergen\. She moved\. .* by operator:local user ann/);
    expect(text).toContain('>\nAnn lives in Bergen.\nShe moved.</textarea>');
  });

  it('lets it be forgotten and restored, each where it makes sense', async () => {
    await using world = await openScope(['Ann lives in Bonn.']);
    expect((await world.get(world.one())).text).not.toContain('Restore it');
    expect((await world.send('forget')).status).toBe(303);
    const forgotten = (await world.get(world.one())).text;
    expect(words(forgotten)).toMatch(/It says forgotten it is not used/);
    expect(forgotten).not.toContain('Forget it');
    expect((await world.send('forget')).status).toBe(404);
    expect((await world.send('restore')).status).toBe(303);
    expect(words((await world.get(world.one())).text)).toMatch(/It says Ann lives in Bonn\./);
    const again = await world.send('restore');
    expect(again.status).toBe(409);
    expect(words(again.text)).toMatch(/was not taken back/);
  });

  it.each([
    ['', /a text that says something/],
    ['x'.repeat(1_001), /at most 1000 characters/],
    ['a\u0007', /without control characters/],
  ])('shows a text again that it refuses, with why', async (text, why) => {
    await using world = await openScope(['Ann lives in Bonn.']);
    const refused = await world.send('edit', text);
    expect(refused.status).toBe(400);
    expect(words(refused.text)).toMatch(why);
    expect(refused.text).toContain(`>\n${text}</textarea>`);
    expect(words((await world.get(world.one())).text)).toMatch(/It says Ann lives in Bonn\./);
  });

  it('enters nothing where somebody else has changed it since, and keeps what was typed', async () => {
    await using world = await openScope(['Ann lives in Bonn.']);
    const { revision } = await world.send('edit', 'Ann lives in Oslo.');
    const refused = await world.send('edit', 'Ann lives in Rome.', revision);
    expect(refused.status).toBe(409);
    expect(words(refused.text)).toMatch(
      /It has changed since you opened the page.* It says Ann lives in Oslo\./,
    );
    expect(refused.text).toContain('>\nAnn lives in Rome.</textarea>');
    expect((await world.send('forget', undefined, revision)).status).toBe(409);
    expect(words((await world.get(world.one())).text)).toMatch(/It says Ann lives in Oslo\./);
  });

  it('shows what is entered as it is, and runs none of it', async () => {
    await using world = await openScope(['Ann lives in Bonn.']);
    expect((await world.send('edit', `${evil}</textarea>`)).status).toBe(303);
    for (const path of [world.one(), world.list()]) {
      const { text } = await world.get(path);
      expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(text).toContain('&lt;/textarea&gt;');
      expect(text).not.toMatch(/<script|<img/);
    }
  });
});
