import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, handlerWorld } from './handler-world.ts';

const MEMORIES = 'GET /memories/{scope}';
const SEARCH = 'GET /sessions/{sessionId}/search';
const CONTEXT = 'GET /sessions/{sessionId}/context';

let world: Awaited<ReturnType<typeof handlerWorld>>;
beforeAll(async () => {
  world = await handlerWorld();
  await world.create('chat');
  const contents = [
    'We drink green tea.',
    '彼女は毎朝緑茶を飲みます。',
    'เธอชอบดื่มชาเขียวทุกเช้า',
    'تحب آن الشاي الأخضر.',
  ];
  const messages = contents.map((content) => ({ role: 'user', content }));
  await world.append('chat', JSON.stringify({ messages }));
  await world.ask('PUT /memories/{scope}/{category}/{key}', 'chat', {
    pathParameters: { scope: 'chat', category: 'preference', key: 'drink' },
    body: JSON.stringify({ text: 'Ann drinks green tea, 緑茶, ชาเขียว and الشاي.' }),
  });
});
afterAll(() => world[Symbol.asyncDispose]());

const get = (route: string, queryStringParameters: Record<string, string>): Promise<Answer> =>
  world.ask(route, 'chat', {
    pathParameters: { sessionId: 'chat', scope: 'chat' },
    queryStringParameters,
  });

const hitsOf = async (route: string, q: string) =>
  ((await get(route, { q })).body as { hits: readonly Record<string, unknown>[] }).hits;

const family = '👨‍👩‍👧‍👦';

describe.each([MEMORIES, SEARCH])('%s', (route) => {
  it.each([
    ['one script', 'green tea'],
    ['Japanese', '緑茶'],
    ['Thai', 'ชาเขียว'],
    ['Arabic', 'الشاي'],
    ['scripts side by side', `tea緑茶ชาเขียวالشاي${family}`],
    ['control characters', '\u0000\u001b[2J tea\u0007\u202e'],
    ['what a query language or a regular expression would obey', `tea" OR 1=1; -- (a+)+$ [x] %00 #~ \\`],
    ['a whole question', `${'x '.repeat(497)}tea`],
  ])('finds words in %s', async (_, q) => {
    expect((await hitsOf(route, q)).length).toBeGreaterThan(0);
  });

  it.each([
    ['signs', '?!… — ()[]{}'],
    ['emoji', family.repeat(80)],
    ['invisible characters', '\u200b\u200d\ufeff\u2060x'],
    ['control characters alone', '\u0000\u0007\u001b'],
    ['marks alone', '\u0301'.repeat(1_000)],
    ['common words that nobody said', 'the of which'],
  ])('finds nothing by %s, and does not fail', async (_, q) => {
    expect(await get(route, { q })).toMatchObject({ status: 200, body: { hits: [] } });
  });

  it.each([
    ['nothing', { q: '' }],
    ['spaces', { q: ' \t\n\u3000\u00a0' }],
    ['10,000 characters', { q: 'tea '.repeat(2_500) }],
    ['half a character', { q: 'tea \ud83c' }],
    ['no hits', { q: 'tea', limit: '0' }],
    ['501 hits', { q: 'tea', limit: '501' }],
    ['a limit in words', { q: 'tea', limit: 'ten' }],
    ['a limit with an exponent', { q: 'tea', limit: '1e1' }],
    ['half a hit', { q: 'tea', limit: '1.5' }],
    ['fewer than none', { q: 'tea', limit: '-1' }],
    ['what it does not know', { q: 'tea', offset: '1' }],
  ])('refuses %s, and says what it takes', async (_, query) => {
    const { status, body } = await get(route, query as Record<string, string>);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'invalid-input', errors: [{ message: expect.stringMatching(/\w/) }] });
  });
});

describe('a search of a session', () => {
  it.each(['0', '-1', 'x', '1e3', '9999999999999999'])('refuses to begin at %s', async (before) => {
    expect(await get(SEARCH, { q: 'tea', before })).toMatchObject({
      ...{ status: 400, body: { errors: [{ field: 'before' }] } },
    });
  });

  it('finds all before a position that is not there yet, and nothing before the first', async () => {
    const all = await get(SEARCH, { q: 'tea' });
    expect(await get(SEARCH, { q: 'tea', before: '999999' })).toEqual(all);
    expect(await get(SEARCH, { q: 'tea', before: '1' })).toMatchObject({ status: 200, body: { hits: [] } });
  });

  it('shows little of the largest message that can be appended', async () => {
    await world.create('large');
    const content = `${'\u001b hay'.repeat(12_000)} the needle ${'hay '.repeat(30_000)}`;
    expect(
      (await world.append('large', JSON.stringify({ messages: [{ role: 'user', content }] }))).status,
    ).toBe(201);
    const { status, body } = await world.ask(SEARCH, 'large', { queryStringParameters: { q: 'needle' } });
    const [hit] = (body as { hits: { snippet: string }[] }).hits;
    expect(status).toBe(200);
    expect(hit?.snippet).toContain('the needle');
    expect(hit?.snippet.length).toBeLessThanOrEqual(300);
  });

  it('tells of each hit where, when and by whom it was said', async () => {
    for (const hit of await hitsOf(SEARCH, 'green tea')) {
      expect(hit).toEqual({
        ...{ messageId: expect.stringMatching(/./), state: 'live', position: 1, role: 'user' },
        ...{ at: expect.stringMatching(/^\d{4}-.*Z$/), score: expect.any(Number) },
        snippet: expect.stringMatching(/./),
      });
      expect(hit['score']).toBeGreaterThan(0);
    }
  });
});

describe('a search of memories', () => {
  it('finds nothing of a category that nobody has, or behind the last memory', async () => {
    for (const query of [{ category: 'no-such' }, { after: 'zzz#zzz' }, { after: 'preference#drink' }]) {
      expect(await get(MEMORIES, { q: 'tea', ...query } as Record<string, string>)).toMatchObject({
        ...{ status: 200, body: { hits: [] } },
      });
    }
  });

  it.each(['x', '#', 'a#', 'event#a#b', '../x#y', `a#${'x'.repeat(300)}`, 'event#\ud800'])(
    'refuses to go on behind %j',
    async (after) => {
      expect((await get(MEMORIES, { q: 'tea', after })).status).toBe(400);
    },
  );
});

describe('the context', () => {
  const SHARES = ['0', '0.05', '0.2', '0.5'];
  const sizeOf = (body: unknown) => (body as { tokens: number }).tokens;

  it.each(['json', 'messages', 'text'])(
    'fits tiny budgets as %s, whatever the share of memories',
    async (format) => {
      for (const tokenBudget of ['1', '10', '50', '200']) {
        for (const memoryShare of SHARES) {
          const { status, body } = await get(CONTEXT, { tokenBudget, memoryShare, format, query: 'tea' });
          expect(status).toBe(200);
          expect(sizeOf(body)).toBeLessThanOrEqual(Number(tokenBudget));
        }
      }
    },
  );

  it.each(['1', '0.51', '-0.1', 'x', '', '.2', '1e-1'])('refuses a share of %j', async (memoryShare) => {
    expect(await get(CONTEXT, { memoryShare })).toMatchObject({
      ...{
        status: 400,
        body: { errors: [{ field: 'memoryShare', message: expect.stringContaining('0 to 0.5') }] },
      },
    });
  });

  it.each(['', ' ', 'tea '.repeat(2_500)])('refuses a query of nothing, or of too much', async (query) => {
    expect((await get(CONTEXT, { query })).status).toBe(400);
  });
});
