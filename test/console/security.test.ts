import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { PortTakenError, startConsole } from '../../console/index.ts';
import { fakeOperations } from './fake-operations.ts';
import { visitor } from './visitor.ts';

/** A console that keeps what is entered about memories. */
async function openMemory() {
  const entered: string[] = [];
  const world = await visitor({
    changeMemory: async (address, entry, signal) => {
      entered.push(entry.kind);
      return fakeOperations().changeMemory(address, entry, signal);
    },
  });
  return { ...world, entered };
}

describe('the address of a console', () => {
  it('lets a browser in, which goes on without the token', async () => {
    await using world = await visitor();
    const { opened } = world;
    expect(opened.status).toBe(303);
    expect(opened.headers.get('location')).toBe(`${world.origin}/`);
    expect(opened.headers.get('set-cookie')).toMatch(
      /^commitlane-console-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect((await world.get('/')).status).toBe(200);
  });

  it('keeps the page that was asked for', async () => {
    await using world = await visitor();
    const { search } = new URL(world.console.url);
    const { headers } = await world.get(`/sessions${search}&tenant=acme&session=chat`);
    expect(headers.get('location')).toBe(`${world.origin}/sessions?tenant=acme&session=chat`);
  });

  it('leads nowhere else', async () => {
    await using world = await visitor();
    const { search } = new URL(world.console.url);
    const { headers } = await world.get(`//evil.example/${search}`);
    expect(new URL(headers.get('location') ?? '').origin).toBe(world.origin);
  });

  it('is another one at each start', async () => {
    await using one = await visitor();
    await using other = await visitor();
    const { search } = new URL(one.console.url);
    const refused = await fetch(other.origin + search, { redirect: 'manual' });
    expect(refused.status).toBe(401);
    expect(await refused.text()).toMatch(/each start makes a new one/);
    expect(refused.headers.get('set-cookie')).toBeNull();
  });

  it('has a port that nobody else has', async () => {
    await using world = await visitor();
    const port = Number(new URL(world.origin).port);
    const options = {
      operations: fakeOperations(),
      clock: world.clock,
      newId: () => '',
      onError: () => undefined,
    };
    const second = startConsole({ ...options, port });
    await expect(second).rejects.toThrow(PortTakenError);
    await expect(second).rejects.toThrow(/choose another with --port \(0 takes any free one\)/);
  });
});

describe('a browser that was not let in', () => {
  it.each(['/', '/sessions', '/memories', '/letters', '/limits', '/replays?id=x', '/nope'])(
    'is told at %s to open the printed address, and learns nothing of the stack',
    async (path) => {
      await using world = await visitor();
      const { status, text } = await world.get(path, { headers: { cookie: 'commitlane-console=guess' } });
      expect(status).toBe(401);
      expect(text).toMatch(/Open the whole address that commitlane console printed/);
      expect(text).not.toContain('commitlane-dev');
    },
  );

  it('does nothing by sending a form', async () => {
    let cancelled = 0;
    await using world = await visitor({
      cancelCommit: async (...which) => {
        cancelled += 1;
        return fakeOperations().cancelCommit(...which);
      },
    });
    const fields = [
      ['tenant', 'acme'],
      ['session', 'chat'],
      ['commit', 'c1'],
      ['confirmed', 'yes'],
    ] as const;
    expect((await world.post('/commits/cancel', fields, { headers: { cookie: '' } })).status).toBe(401);
    expect(cancelled).toBe(0);
  });
});

describe('a memory', () => {
  const fields = Object.entries({
    tenant: 'acme',
    scope: 'ann',
    category: 'profile',
    key: 'name',
    seen: 'r1',
    text: 'Ann is called Ann.',
  });
  const foreign = [
    ['without the cookie', { cookie: '' }, 401],
    ['from another origin', { origin: 'https://evil.example' }, 403],
    ['from a page without an origin', { origin: 'null' }, 403],
  ] as const;
  const forms = ['/memories/edit', '/memories/forget', '/memories/restore'] as const;

  it.each(forms.flatMap((path) => foreign.map((one) => [path, ...one] as const)))(
    'is not changed by a form to %s %s',
    async (path, _what, headers, status) => {
      await using world = await openMemory();
      expect((await world.post(path, fields, { headers })).status).toBe(status);
      expect(world.entered).toEqual([]);
    },
  );

  it.each(forms)('is changed at %s by a form of its page only', async (path) => {
    await using world = await openMemory();
    const body = new URLSearchParams(fields);
    expect((await world.get(path, { method: 'POST', body })).status).toBe(403);
    expect((await world.get(`${path}?${body}`)).status).toBe(404);
    expect(world.entered).toEqual([]);
    expect((await world.post(path, fields)).status).toBe(303);
    expect(world.entered).toEqual([path.split('/').at(-1)]);
  });
});

describe('a request of another origin', () => {
  it.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost'])(
    'that names the host %s is refused, even with the cookie',
    async (host) => {
      await using world = await visitor();
      const asked = request(world.origin, { headers: { host, cookie: world.cookie } });
      asked.end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode).toBe(403);
    },
  );

  it.each([
    ['whose form has no token', '/limits', {}, ''],
    ['whose form has a wrong token', '/limits', {}, 'formToken=guess'],
  ])('%s is refused', async (_what, path, headers, body) => {
    await using world = await visitor();
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    const { status, text } = await world.get(path, { method: 'POST', body, headers: form });
    expect(status).toBe(403);
    expect(text).toMatch(/nothing was done/);
  });

  it.each(['https://evil.example', 'http://127.0.0.1:1', 'null'])(
    'is refused when a browser says that it comes from %s, whatever else it knows',
    async (origin) => {
      await using world = await visitor();
      const refused = await world.post('/limits/review', [['reset', 'all']], { headers: { origin } });
      expect(refused.status).toBe(403);
      const own = await world.post('/limits/review', [['reset', 'all']], {
        headers: { origin: world.origin },
      });
      expect(own.status).toBe(200);
    },
  );
});

describe('every answer', () => {
  it.each(['/', '/nope', '/style.css', '/icon.svg', '/sessions?tenant=%23', '/memories'])(
    'of %s forbids scripts, frames, copies and guesses of its type',
    async (path) => {
      await using world = await visitor();
      const { headers } = await world.get(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('comes for forms of a reasonable size only', async () => {
    await using world = await visitor();
    const { status, text } = await world.post('/replays', [['letter', 'x'.repeat(300_000)]]);
    expect(status).toBe(400);
    expect(text).toMatch(/more than 262144 bytes/);
  });
});
