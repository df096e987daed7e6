import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autoCommitPolicySchema, type NewMessage, newMessageSchema } from '../../lib/session/index.ts';
import { canonicalMessages } from '../messages/arbitraries/canonical.ts';
import { jsonObjects, texts } from '../messages/arbitraries/values.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';
import { keyOf, type TransferWorld, transferWorld } from './transfer-world.ts';

const ids = fc.stringMatching(/^[a-z0-9][A-Za-z0-9._:@+|-]{0,20}$/);
const times = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .chain((date) => fc.constantFrom(date.toISOString(), date.toISOString().replace('Z', '+02:00')));

/** What an append may hold: texts, parts of every kind, and parts that only others write. */
const messages: fc.Arbitrary<NewMessage> = fc
  .record(
    {
      role: fc.constantFrom('user', 'assistant', 'system', 'tool'),
      content: fc.oneof(
        texts,
        canonicalMessages.map((all) => all[0]?.content ?? 'Nothing.'),
        jsonObjects.map((others) => [{ ...others, type: 'image_url' }]),
        fc.constantFrom('\u2028\u0085\u202e', '{"kind":"message"}', '\n'),
      ),
      id: ids,
      at: times,
      metadata: jsonObjects,
    },
    { requiredKeys: ['role', 'content'] },
  )
  .filter((message) => newMessageSchema.safeParse(message).success)
  .map((message) => message as NewMessage);

const appends = fc.array(fc.tuple(fc.array(messages, { minLength: 1, maxLength: 5 }), fc.boolean()), {
  maxLength: 6,
});

/** Ids that one append has twice are one message. */
const withOnce = (batch: readonly NewMessage[]) =>
  batch.filter(({ id }, index) => id === undefined || batch.findIndex((one) => one.id === id) === index);

async function fill(
  world: TransferWorld,
  session: string,
  batches: readonly [readonly NewMessage[], boolean][],
) {
  const autoCommit = autoCommitPolicySchema.parse({ messageCount: 10_000 });
  const settings = { title: 'About tea', memoryCategories: ['preference'], autoCommit };
  await world.store.createSession(keyOf(session), { scope: 'bob', createdAtMs: 0, ...settings });
  for (const [index, [batch, isArchived]] of batches.entries()) {
    // The same id, hours later, is another message.
    await world.clock.advance(13 * 60 * 60_000);
    await world.append(session, withOnce(batch));
    if (isArchived && index > 0) await world.archive(session);
  }
}

describe('an export', () => {
  it(
    'that is imported elsewhere is exported there with the same bytes',
    { timeout: safetyTimeouts.testMs },
    () =>
      fc.assert(
        fc.asyncProperty(appends, appends, async (one, two) => {
          await using here = await transferWorld();
          await using there = await transferWorld();
          await fill(here, 'one', one);
          await fill(here, 'two', two);
          const text = await here.export('one', 'two');
          const file = await there.write('export.jsonl', text.trimEnd());
          expect(await readFile(file, 'utf8')).toBe(text);
          await there.import([file]);
          expect(await there.export('one', 'two')).toBe(text);
          expect(await here.import([file])).toMatchObject({ imported: 0 });
        }),
        { numRuns: 40 },
      ),
  );

  it('begins with what the session was created with', async () => {
    await using world = await transferWorld();
    await fill(world, 'one', [
      [[{ role: 'user', content: 'Hello', id: 'm1', at: '2020-01-01T00:00:00Z' }], false],
    ]);
    const lines = (await world.export('one')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        kind: 'session',
        session: 'one',
        scope: 'bob',
        title: 'About tea',
        memoryCategories: ['preference'],
        autoCommit: expect.objectContaining({ messageCount: 10_000 }),
      },
      {
        kind: 'message',
        session: 'one',
        id: 'm1',
        at: '2020-01-01T00:00:00Z',
        role: 'user',
        content: 'Hello',
      },
    ]);
  });

  it('has each message once, in order, though commits move them while it is read', async () => {
    await using world = await transferWorld();
    const said = Array.from(
      { length: 30 },
      (_, index): NewMessage => ({ role: 'user', content: `${index}` }),
    );
    await world.store.createSession(keyOf('one'), { scope: 'bob', createdAtMs: 0 });
    for (const message of said) await world.append('one', [message]);
    const contents: string[] = [];
    for await (const line of world.lines('one')) {
      const { kind, content } = JSON.parse(line);
      if (kind === 'message') contents.push(content);
      if (contents.length % 5 === 0) await world.archive('one', contents.length + 3);
    }
    expect(contents).toEqual(said.map(({ content }) => content));
  });

  it('of a session that is not there says so', async () => {
    await using world = await transferWorld();
    await expect(world.export('none')).rejects.toMatchObject({ code: 'session-not-found' });
  });
});
