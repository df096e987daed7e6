import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HandlerWorld, handlerWorld, problem } from './handler-world.ts';

/** Nothing here waits: a slow machine only takes longer. */
let world: HandlerWorld;
let sessions = 0;
beforeAll(async () => {
  world = await handlerWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** A new session, with nothing in it. */
async function newSession(): Promise<string> {
  const session = `kept-${++sessions}`;
  expect(await world.create(session)).toMatchObject({ status: 201 });
  return session;
}

const message = (fields: string) => `{"messages":[{"role":"user","content":"x",${fields}}]}`;
const withMetadata = (json: string) => message(`"metadata":${json}`);
const bytesOf = (...parts: (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));
const saying = (...bytes: number[]) => bytesOf('{"messages":[{"role":"user","content":"caf', bytes, '"}]}');

describe('what is appended comes back as it came', () => {
  it.each([
    '{"__proto__":{"admin":true},"a":{"__proto__":null,"constructor":1,"toString":"x"}}',
    '{"":"","a.b":{"[0]":1},"\\u0001":"\\u0000\\u001f\u007f"}',
    '{"n":[0,1,-1,0.1,1e+23,5e-324,9007199254740991,1.7976931348623157e+308]}',
    '{"emoji":"👩‍👩‍👧","half of nothing":"\\\\ud83d","rtl":"\u202e","bom":"\ufeff"}',
    `{"deep":${'['.repeat(59)}1${']'.repeat(59)}}`,
  ])('metadata %s', async (json) => {
    const session = await newSession();
    expect(await world.append(session, withMetadata(json))).toMatchObject({ status: 201 });
    const [live] = await world.live(session);
    expect(JSON.stringify(live?.['metadata'])).toBe(json);
  });

  it('any JSON, in metadata and in a text', async () => {
    const session = await newSession();
    const wellFormed = fc.string({ unit: 'grapheme' });
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        wellFormed,
        fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(wellFormed, tie('value')),
      ),
    })).value;
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(values, fc.string({ unit: 'binary', minLength: 1 }), async (value, content) => {
        const body = JSON.stringify({ messages: [{ role: 'tool', content, metadata: { value } }] });
        expect(await world.append(session, body)).toMatchObject({ status: 201 });
        const answer = await world.ask('GET /sessions/{sessionId}', session, {
          queryStringParameters: { after: String(seen) },
        });
        seen += 1;
        const [live] = (answer.body as { live: Record<string, unknown>[] }).live;
        expect(JSON.stringify([live?.['content'], live?.['metadata']])).toBe(
          JSON.stringify([content, { value }]),
        );
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['bytes', (body: string) => bytesOf(body)],
    ['text', (body: string) => body],
    ['bytes after a byte order mark', (body: string) => bytesOf('\ufeff', body)],
    ['text after a byte order mark', (body: string) => `\ufeff${body}`],
  ])('a text of every kind of character, in a body of %s', async (_what, body) => {
    const session = await newSession();
    const content = 'é ß 漢字 😀 \ufffd \ufeff \u0000\u001b[31m \u2028';
    const json = JSON.stringify({ messages: [{ role: 'user', content }] });
    const sent = body(json);
    const headers = { 'content-length': String(Buffer.byteLength(sent)) };
    expect(await world.append(session, sent, headers)).toMatchObject({ status: 201 });
    expect(await world.live(session)).toMatchObject([{ content }]);
  });

  it('a time of its own, whatever it is', async () => {
    const session = await newSession();
    const times = [
      '2099-12-31T23:59:59.123456789+14:00',
      '0000-01-01T00:00:00+23:59',
      '9999-12-31T23:59:59-23:59',
    ];
    for (const at of times) {
      expect(await world.append(session, message(`"at":"${at}"`))).toMatchObject({ status: 201 });
    }
    expect((await world.live(session)).map(({ at }) => at)).toEqual(times);
  });
});

describe('what could not come back as it came is refused, and the field is named', () => {
  it.each([
    ['9007199254740993', 'n'],
    ['-0', 'n'],
    ['-0.0', 'n'],
    ['1e-400', 'n'],
    ['1e400', 'n'],
    ['12345678901234567890', 'n'],
    ['[1,[3.141592653589793238462643383279]]', 'n[1][0]'],
    ['"\\ud83d"', 'n'],
    ['{"\\ude00":1}', 'n["'],
    ['{"a":1,"\\u0061":2}', 'n.a'],
    [`${'['.repeat(1_500)}${']'.repeat(1_500)}`, 'n[0]'],
    [`${'['.repeat(120_000)}${']'.repeat(120_000)}`, 'n[0]'],
    [`${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`, 'n.a'],
  ])('the metadata %s', async (json, field) => {
    const session = await newSession();
    const answer = await world.append(session, withMetadata(`{"n":${json}}`));
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
    expect(problem(answer).errors?.[0]?.field).toContain(`messages[0].metadata.${field}`);
    expect(await world.live(session)).toEqual([]);
  });

  it.each([
    ['{"messages":[{"role":"user","content":"\\ud83d"}]}', 'messages[0].content'],
    ['{"messages":[{"role":"user","content":"a","content":"b"}]}', 'messages[0].content'],
    ['{"messages":[],"messages":[{"role":"user","content":"b"}]}', 'messages'],
    ['{"messages":[{"role":"user","content":"a","id":"\\udc00"}]}', 'messages[0].id'],
    ['{"messages":[{"role":"user","content":"a","metadata":null}]}', 'messages[0].metadata'],
    ['{"messages":[{"role":"user","content":"a","metadata":[1]}]}', 'messages[0].metadata'],
    ['{"messages":[{"role":"user","content":"a","metadata":"x"}]}', 'messages[0].metadata'],
    ['{"messages":[{"role":"user","content":"a","__proto__":{}}]}', 'messages[0]'],
    ['{"messages":[{"role":"user","content":"a"}],"__proto__":{}}', 'body'],
    ['{"messages":[{"role":"user","content":"a","at":"+275760-09-13T00:00:00Z"}]}', 'messages[0].at'],
    ['{"messages":[{"role":"user","content":"a","at":"2026-02-30T00:00:00Z"}]}', 'messages[0].at'],
    ['{"messages":[{"role":"user","content":"a","at":"yesterday"}]}', 'messages[0].at'],
    ['{"messages":[{"role":"user","content":"a","id":"."}]}', 'messages[0].id'],
    ['[]', 'body'],
    ['-0', 'body'],
    ['null', 'body'],
  ])('%s', async (body, field) => {
    const session = await newSession();
    const answer = await world.append(session, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input', errors: [{ field }] } });
    expect(await world.live(session)).toEqual([]);
  });

  it.each([
    ['PUT /sessions/{sessionId}', '{"scope":"\\ud83d"}', 'scope'],
    ['PUT /sessions/{sessionId}', '{"scope":".."}', 'scope'],
    ['PATCH /sessions/{sessionId}', '{"scope":"a","scope":"b"}', 'scope'],
    ['PATCH /sessions/{sessionId}', '{"autoCommit":{"__proto__":{"messageCount":5}}}', 'autoCommit'],
    ['POST /sessions/{sessionId}/commits', '{"reason":"\\ud83d"}', 'reason'],
    ['POST /sessions/{sessionId}/commits', '{"keepRecent":-0}', 'keepRecent'],
  ])('in other operations, too: %s %s', async (route, body, field) => {
    const answer = await world.ask(route, await newSession(), { body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input', errors: [{ field }] } });
  });

  it.each([
    ['Latin 1', saying(0xe9)],
    ['half an emoji', saying(0xf0, 0x9f, 0x98)],
    ['CESU-8', saying(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80)],
    ['an overlong slash', saying(0xc0, 0xaf)],
    ['a sequence of five bytes', saying(0xf8, 0x88, 0x80, 0x80, 0x80)],
    ['beyond U+10FFFF', saying(0xf4, 0x90, 0x80, 0x80)],
    ['UTF-16', Buffer.from('{"messages":[]}', 'utf16le').fill(0xff, 0, 1)],
    ['nothing but a byte', bytesOf([0x80])],
  ])('bytes that are not UTF-8: %s', async (_what, body) => {
    const session = await newSession();
    expect(await world.append(session, body)).toMatchObject({
      status: 400,
      body: { code: 'body-not-utf8', errors: [{ field: 'body' }] },
    });
    const replaced = body.toString('utf8');
    const headers = { 'content-length': String(body.length) };
    if (Buffer.byteLength(replaced) !== body.length) {
      expect(await world.append(session, replaced, headers)).toMatchObject({
        status: 400,
        body: { code: 'body-not-utf8' },
      });
    }
    expect(await world.live(session)).toEqual([]);
  });

  it('a lone surrogate in the event itself', async () => {
    const session = await newSession();
    const body = '{"messages":[{"role":"user","content":"\ud83d"}]}';
    expect(await world.append(session, body)).toMatchObject({ status: 400, body: { code: 'body-not-utf8' } });
  });
});

describe('a key that was used', () => {
  it.each([
    ['"metadata":{"n":9007199254740992}', '"metadata":{"n":9007199254740993}', 400],
    ['"metadata":{"n":0}', '"metadata":{"n":-0}', 400],
    ['"metadata":{}', '"metadata":{"__proto__":1}', 422],
    ['"metadata":{"__proto__":1}', '"metadata":{"__proto__":2}', 422],
    ['"metadata":{"a":1}', '"metadata":{"a":1,"a":1}', 400],
    ['"metadata":{"a":[]}', '"metadata":{"a":{}}', 422],
    ['"metadata":{"a":"1"}', '"metadata":{"a":1}', 422],
    ['"metadata":{"a":"\ufffd"}', '"metadata":{"a":"\\ud83d"}', 400],
    ['"at":"2026-01-01T00:00:00Z"', '"at":"2026-01-01T00:00:00.000Z"', 422],
    ['"metadata":{"a":1.0}', '"metadata":{"a":1}', 200],
    ['"metadata":{"a":1}', '"metadata": { "a" : 1 }', 200],
    ['"metadata":{"a":"é"},"id":"x"', '"id":"x","metadata":{"a":"\\u00e9"}', 200],
  ])('for %s answers %s with its status', async (first, second, status) => {
    const session = await newSession();
    const headers = { 'idempotency-key': 'same' };
    expect(await world.append(session, message(first), headers)).toMatchObject({ status: 201 });
    expect(await world.append(session, message(second), headers)).toMatchObject({ status });
    expect(await world.live(session)).toHaveLength(1);
  });
});

describe('refusing costs little, and says little', () => {
  const long = 'k'.repeat(200_000);
  const many = (count: number, item: string) => Array.from({ length: count }, () => item).join(',');
  it.each([
    ['900,000 bad values', withMetadata(`{"a":[${many(900_000, '1e999')}]}`), 413],
    ['150,000 bad values', withMetadata(`{"a":[${many(150_000, '1e999')}]}`), 400],
    ['60,000 bad values', withMetadata(`{"a":[${many(60_000, '"\\ud800"')}]}`), 400],
    ['500,000 messages that are none', `{"messages":[${many(500_000, '0')}]}`, 400],
    [
      '100 messages, each with bad fields',
      `{"messages":[${many(100, '{"role":1,"content":2,"at":3,"id":4,"x":5}')}]}`,
      400,
    ],
    ['an unknown key of 200 KB', `{"${long}":1}`, 400],
    [
      '100 messages with unknown keys of 2 KB',
      `{"messages":[${many(100, `{"role":"user","content":"x","${'漢'.repeat(700)}":1}`)}]}`,
      400,
    ],
    [
      '50,000 unknown keys',
      `{${Array.from({ length: 50_000 }, (_, index) => `"key-${index}":1`).join(',')}}`,
      400,
    ],
    ['a key of 200 KB whose value is bad', withMetadata(`{"${long}":-0}`), 400],
    [
      'keys of control characters',
      `{${many(1, `"${'\\u0001'.repeat(30_000)}":1`)},"\\u0002":2,"\\u0003":3,"\\u0004":4}`,
      400,
    ],
    ['120,000 nested arrays', '['.repeat(120_000) + ']'.repeat(120_000), 400],
    ['120,000 open arrays', '['.repeat(120_000), 400],
    ['a role of 200 KB', `{"messages":[{"role":"${long}","content":"x"}]}`, 400],
    ['a text that is no JSON, of 1 MB', 'secret '.repeat(140_000), 400],
    ['2 MB', `{"messages":[{"role":"user","content":"${'x'.repeat(2_000_000)}"}]}`, 413],
    ['2 MB of spaces', ' '.repeat(2_000_000), 413],
  ])('%s', async (_what, body, status) => {
    const session = await newSession();
    const answer = await world.append(session, body);
    expect(answer.status).toBe(status);
    expect(answer.bytes).toBeLessThan(8_000);
    expect(problem(answer).errors?.length).toBeLessThanOrEqual(10);
    expect(JSON.stringify(answer.body)).not.toMatch(/secret|k{100}/);
    expect(JSON.stringify(answer.body).isWellFormed()).toBe(true);
  });

  it.each([
    ['PUT /sessions/{sessionId}', `{"memoryCategories":[${many(300_000, '0')}]}`, 400],
    ['PATCH /sessions/{sessionId}', `{"memoryCategories":[${many(300_000, '0')}]}`, 400],
    ['POST /sessions/{sessionId}/commits', `{"reason":"${'r'.repeat(900_000)}"}`, 400],
    ['PUT /sessions/{sessionId}', `{"scope":"${'s'.repeat(2_000_000)}"}`, 413],
  ])('in other operations, too: %s', async (route, body, status) => {
    const answer = await world.ask(route, await newSession(), { body });
    expect(answer.status).toBe(status);
    expect(answer.bytes).toBeLessThan(8_000);
  });
});
