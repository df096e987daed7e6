import { describe, expect, it } from 'vitest';
import { appendHistory, readHistory } from '../../lib/adapters/history/index.ts';
import type { JsonObject } from '../../lib/messages/index.ts';
import { adapterWorld } from './adapter-world.ts';

describe('an append of a history', () => {
  it.each([
    ['bytes', new Uint8Array([1, 2])],
    ['a date', new Date(0)],
    ['a map', new Map()],
  ])('refuses %s, which would come back as something else', async (_, value) => {
    const { client } = (await adapterWorld()).process();
    const metadata = { list: [{ value }] } as unknown as JsonObject;
    const appended = appendHistory(client, 's', [{ role: 'user', content: 'Hello.', metadata }]);
    await expect(appended).rejects.toThrow(/^messages\[0\]\.metadata\.list\[0\]\.value is a /);
    expect(await readHistory(client, 's')).toEqual([]);
  });

  it('takes objects without a prototype, and leaves out what is undefined', async () => {
    const { client } = (await adapterWorld()).process();
    const metadata = Object.assign(Object.create(null), { a: 1, b: undefined });
    await appendHistory(client, 's', [{ role: 'user', content: 'Hello.', metadata }]);
    expect(await readHistory(client, 's')).toMatchObject([{ metadata: { a: 1 } }]);
  });
});
