import { describe, expect, it } from 'vitest';
import type { CommitState } from '../../lib/session/index.ts';
import { StoreUnavailableError } from '../../lib/store/index.ts';
import { evil, fakeOperations, letter } from './fake-operations.ts';
import { visitor } from './visitor.ts';

/** What a browser would show, more or less. */
const words = (text: string) =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ')
    .trim();

describe('what somebody has written', () => {
  it.each([
    '/sessions?tenant=acme&session=chat',
    '/sessions?tenant=acme',
    `/sessions?tenant=acme&scope=${encodeURIComponent(evil)}`,
    '/commits?tenant=acme&session=chat&commit=c1',
    '/memories?tenant=acme&scope=ann',
    `/memories?tenant=acme&scope=${encodeURIComponent(evil)}`,
    `/memories?tenant=acme&scope=ann&words=${encodeURIComponent(evil)}`,
    '/memories/one?tenant=acme&scope=ann&category=profile&key=name',
    `/memories/one?tenant=acme&scope=ann&category=profile&key=${encodeURIComponent(evil)}`,
    '/letters',
    '/letters/one?id=l1',
    `/letters?reason=${encodeURIComponent(evil)}`,
    `/sessions?tenant=${encodeURIComponent(evil)}&session=x`,
    `/letters/one?id=${encodeURIComponent(evil)}`,
  ])('cannot become a part of %s', async (path) => {
    const bad = letter('l1', { body: evil, group: evil, reason: { code: 'x', message: evil } });
    await using world = await visitor({
      letters: async () => ({ letters: [bad], unseen: 0 }),
      letter: async (id) => (id === 'l1' ? { letter: bad, unseen: 0 } : { unseen: 0 }),
    });
    const { text } = await world.get(path);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toMatch(/<script|<img/);
    expect(text).not.toContain(`"'>`);
  });

  it('cannot become a part of a limit that is refused, or of what the checks have found', async () => {
    await using world = await visitor();
    const refused = await world.post('/limits/review', [['lease.maxRetries', evil]]);
    const checks = await world.post('/checks', []);
    for (const { text } of [refused, checks]) {
      expect(text).toContain('&lt;script&gt;');
      expect(text).not.toMatch(/<script|<img/);
    }
  });
});

describe('a page', () => {
  it('shows the stack at a glance', async () => {
    await using world = await visitor();
    const text = words((await world.get('/')).text);
    expect(text).toMatch(/commits 3 2 1,200 dead letters/);
    expect(text).toMatch(/lease\.ttlMs 45000 30000/);
    expect(text).not.toMatch(/lease\.maxRetries/);
  });

  it('lists the sessions of a tenant or a scope, page by page', async () => {
    await using world = await visitor();
    const first = await world.get('/sessions?tenant=acme&scope=ann');
    const text = words(first.text);
    expect(text).toMatch(/chat .* ann 0 seconds ago 7 3 appends 12 c1 completed/);
    expect(text).toMatch(/new ann 0 seconds ago 0 nothing 0 none/);
    expect(text).toMatch(/Sessions that cannot be read: broken/);
    expect(first.text).toContain('href="/sessions?tenant=acme&amp;session=chat"');
    const [, more = ''] = /href="([^"]*after=[^"]*)"/.exec(first.text) ?? [];
    expect(more).toBe('/sessions?tenant=acme&amp;scope=ann&amp;after=1767225600.new');
    const second = await world.get(more.replaceAll('&amp;', '&'));
    expect(second.text).not.toContain('after=');
  });

  it('takes an empty scope in the form for none', async () => {
    const asked: object[] = [];
    await using world = await visitor({
      sessions: async (choice) => {
        asked.push(choice);
        return { tenant: 'acme', sessions: [], unreadable: [] };
      },
    });
    const { text } = await world.get('/sessions?tenant=acme&scope=');
    expect(words(text)).toMatch(/There are no sessions here/);
    expect(asked).toEqual([{ tenant: 'acme', limit: 50 }]);
  });

  it('shows a session: what is live, the lease and whether it has expired, the seal that is not finished', async () => {
    await using world = await visitor();
    const text = words((await world.get('/sessions?tenant=acme&session=chat')).text);
    expect(text).toMatch(/Memories of its scope ; it feeds them with profile/);
    expect(text).toMatch(/commits by messageCount 50, idleSeconds 60, keepRecent 4/);
    expect(text).toMatch(/Live 4 messages, positions 3 to 5/);
    expect(text).toMatch(/Lease expired 30 seconds ago , last held by commit\/1f0c/);
    expect(text).toMatch(/archive 2 \(positions 3 to 4\) was sealed .* by c2 , and is not finished/);
    expect(text).toMatch(/The newest 1 of 12 archives/);
  });

  it('of a commit that goes on keeps itself up to date, unless it is held still; of one that has ended it does not', async () => {
    const commit = await fakeOperations().commit({ tenant: 'acme', session: 'chat' }, 'c1');
    let state: CommitState = 'archived';
    await using world = await visitor({ commit: async () => ({ ...commit, state }) });
    const address = '/commits?tenant=acme&session=chat&commit=c1';
    expect((await world.get(address)).text).toMatch(/http-equiv="refresh" content="2"/);
    expect((await world.get(`${address}&still=yes`)).text).not.toMatch(/http-equiv="refresh"/);
    await world.clock.advance(60_000);
    expect((await world.get(address)).text).toMatch(/http-equiv="refresh" content="15"/);
    state = 'completed';
    expect((await world.get(address)).text).not.toMatch(/http-equiv="refresh"/);
  });

  it('lets a queued commit be cancelled, and asks before it is', async () => {
    const cancelled: string[] = [];
    const known = await fakeOperations().commit({ tenant: 'acme', session: 'chat' }, 'c1');
    const { archive: _, ...commit } = { ...known, state: 'queued' as const };
    await using world = await visitor({
      commit: async () => commit,
      cancelCommit: async ({ tenant, session }, id) => {
        cancelled.push(`${tenant}/${session}/${id}`);
        return commit;
      },
    });
    const fields = [
      ['tenant', 'acme'],
      ['session', 'chat'],
      ['commit', 'c1'],
    ] as const;
    expect((await world.get('/commits?tenant=acme&session=chat&commit=c1')).text).toMatch(
      /Cancel this commit…/,
    );
    const asked = await world.post('/commits/cancel', fields);
    expect(words(asked.text)).toMatch(/Cancel a commit\? .* Nothing is lost/);
    expect(cancelled).toEqual([]);
    const done = await world.post('/commits/cancel', [...fields, ['confirmed', 'yes']]);
    expect(done.status).toBe(303);
    expect(done.headers.get('location')).toBe('/commits?tenant=acme&session=chat&commit=c1');
    expect(cancelled).toEqual(['acme/chat/c1']);
  });

  it('of dead letters passes on what it is asked for, and says how many it does not show', async () => {
    const asked: unknown[] = [];
    await using world = await visitor({
      letters: async (choice, reading) => {
        asked.push(choice, reading);
        return { letters: [letter('l1')], unseen: 7 };
      },
    });
    const { text } = await world.get(
      '/letters?queue=commits&tenant=acme&session=chat&commit=c1&reason=busy&olderThan=3600000&look=250',
    );
    const filter = {
      tenant: 'acme',
      session: 'chat',
      commitId: 'c1',
      reason: 'busy',
      olderThanMs: 3_600_000,
    };
    expect(asked).toEqual([
      { queue: 'commits', filter },
      { deep: false, maxLetters: 250 },
    ]);
    expect(words(text)).toMatch(/There are 7 more letters that the queues do not show now/);
  });

  it('looks behind other letters only when it is asked to', async () => {
    const deeply: boolean[] = [];
    await using world = await visitor({
      letter: async (id, { deep }) => {
        deeply.push(deep);
        return deep ? { letter: letter(id), unseen: 0 } : { unseen: 3 };
      },
    });
    const missing = await world.get('/letters/one?id=l1');
    expect(missing.status).toBe(404);
    expect(words(missing.text)).toMatch(/3 letters were not seen/);
    expect((await world.post('/letters/one', [['id', 'l1']])).text).toMatch(/does what was requested/);
    expect(deeply).toEqual([false, true]);
  });
});

describe('a page that cannot be shown', () => {
  it.each([
    ['/nope', 404, /There is no such page/],
    ['/checks', 404, /does not take this method/],
    ['/sessions?tenant=acme&session=other', 404, /There is no session 'other'/],
    ['/commits?tenant=acme&session=chat&commit=c9', 404, /has no commit 'c9'/],
    ['/memories/one?tenant=acme&scope=ann&category=profile&key=other', 404, /has no memory 'other'/],
    ['/memories/one?tenant=acme&scope=ann&category=profile&key=Not+a+Key', 400, /key is ‘Not a Key’/],
    ['/memories?tenant=acme', 400, /scope is missing/],
    ['/memories?tenant=acme&scope=ann&category=My+Own', 400, /category is ‘My Own’/],
    ['/memories?tenant=acme&scope=ann&after=name', 400, /after is ‘name’/],
    [
      '/memories?tenant=acme&scope=ann&category=event&after=profile%23name',
      400,
      /a place in another category/,
    ],
    ['/memories/edit', 404, /does not take this method/],
    ['/replays?id=unknown', 404, /no longer kept/],
    ['/sessions?tenant=a%23b&session=chat', 400, /tenant is ‘a#b’, which is wrong: 1 to 128 characters/],
    ['/sessions?session=chat', 400, /tenant is missing/],
    ['/sessions?tenant=', 400, /tenant is ‘’/],
    ['/sessions?tenant=acme&after=chat', 400, /after is ‘chat’/],
    ['/letters?queue=both', 400, /queue is ‘both’/],
    ['/letters?olderThan=5', 400, /olderThan is ‘5’/],
    ['/letters?look=99999', 400, /look is ‘99999’/],
    ['/replays?id=x&part=0', 400, /part is ‘0’/],
    ['/letters/one', 400, /id is missing/],
  ])('%s answers %i', async (path, status, message) => {
    await using world = await visitor();
    const answer = await world.get(path);
    expect(answer.status).toBe(status);
    expect(words(answer.text)).toMatch(message);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  });

  it('says why the stack did not answer, without a stack trace', async () => {
    await using world = await visitor({
      session: async () => {
        throw new StoreUnavailableError('readMeta', new Error('connect ECONNREFUSED'));
      },
    });
    const { status, text } = await world.get('/sessions?tenant=acme&session=chat');
    expect(status).toBe(502);
    expect(words(text)).toMatch(/The session store failed at readMeta: Error: connect ECONNREFUSED/);
    expect(text).not.toMatch(/\.ts:\d/);
    expect(world.errors).toEqual([]);
  });

  it('tells the terminal of a mistake of its own, and the browser only that there was one', async () => {
    const mistake = new TypeError('x is not a function');
    await using world = await visitor({
      queues: async () => {
        throw mistake;
      },
    });
    const { status, text } = await world.get('/');
    expect(status).toBe(500);
    expect(text).not.toContain(mistake.message);
    expect(world.errors).toEqual([mistake]);
  });

  it('gives up when the stack takes too long, and stops what heeds its signal', async () => {
    const called = Promise.withResolvers<AbortSignal>();
    await using world = await visitor({
      queues: (signal) => {
        called.resolve(signal);
        return new Promise(() => undefined);
      },
    });
    const answer = world.get('/');
    const signal = await called.promise;
    await world.clock.advance(30_000);
    expect(await answer).toMatchObject({
      status: 504,
      text: expect.stringMatching(/has not answered in 30 s/),
    });
    expect(signal.aborted).toBe(true);
  });
});

describe('every control of a page', () => {
  it.each([
    '/',
    '/sessions',
    '/sessions?tenant=acme&session=chat',
    '/memories',
    '/memories?tenant=acme&scope=ann',
    '/memories/one?tenant=acme&scope=ann&category=profile&key=name',
    '/letters',
    '/limits',
  ])('of %s has a name', async (path) => {
    await using world = await visitor({ letters: async () => ({ letters: [letter('l1')], unseen: 0 }) });
    const { text } = await world.get(path);
    const labelled = new Set([...text.matchAll(/<label for="([^"]+)"/g)].map(([, id]) => id));
    const controls = [...text.matchAll(/(<label>\s*)?<(?:input(?! type="hidden")|select|textarea)([^>]*)>/g)];
    for (const [control, label, attributes = ''] of controls) {
      const [, id] = /\bid="([^"]+)"/.exec(attributes) ?? [];
      const isNamed = label !== undefined || attributes.includes('aria-label=') || labelled.has(id ?? '');
      expect(isNamed, control).toBe(true);
    }
    expect(text.match(/<h1>/g)).toHaveLength(1);
  });
});
