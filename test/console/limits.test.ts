import { describe, expect, it } from 'vitest';
import type { LimitName } from '../../lib/limits/index.ts';
import { visitor } from './visitor.ts';

/** A console that remembers what it was told to write. */
async function limitsWorld() {
  const written: [LimitName, string][][] = [];
  const world = await visitor({
    changeLimits: async (wanted) => {
      written.push([...wanted]);
      return [];
    },
  });
  return { ...world, written };
}

describe('a change of limits', () => {
  it('is shown before it is written, and holds only what differs from what the page showed', async () => {
    await using world = await limitsWorld();
    const fields = [
      ['lease.ttlMs', ' 60000 '],
      ['was:lease.ttlMs', '45000'],
      ['lease.maxRetries', '10'],
      ['was:lease.maxRetries', '10'],
    ] as const;
    const review = await world.post('/limits/review', fields);
    expect(review.text).toMatch(/Change 1 limit</);
    expect(review.text).toMatch(/45000[\s\S]*60000/);
    expect(world.written).toEqual([]);

    const done = await world.post('/limits', fields);
    expect(done).toMatchObject({ status: 303 });
    expect(done.headers.get('location')).toBe('/limits?changed=lease.ttlMs');
    expect(world.written).toEqual([[['lease.ttlMs', '60000']]]);
    expect((await world.get('/limits?changed=lease.ttlMs&changed=%3Cb%3E')).text).toMatch(
      /Written: <code>lease\.ttlMs<\/code> \. Running functions/,
    );
  });

  it('that is not valid is shown again as it was typed, with what is wrong, and is not written', async () => {
    await using world = await limitsWorld();
    for (const path of ['/limits/review', '/limits']) {
      const { status, text } = await world.post(path, [
        ['lease.maxRetries', 'abc'],
        ['was:lease.maxRetries', '10'],
      ]);
      expect(status).toBe(400);
      expect(text).toMatch(/lease\.maxRetries must be a whole number, not &#39;abc&#39;/);
      expect(text).toMatch(/id="lease\.maxRetries"[^>]* value="abc"[^>]* aria-invalid="true"/);
    }
    expect(world.written).toEqual([]);
  });

  it('that was overtaken by another is not written, but shown anew', async () => {
    await using world = await limitsWorld();
    const { status, text } = await world.post('/limits', [
      ['lease.ttlMs', '60000'],
      ['was:lease.ttlMs', '30000'],
    ]);
    expect(status).toBe(409);
    expect(text).toMatch(/Somebody has changed a limit since/);
    expect(world.written).toEqual([]);
  });

  it('of nothing says so', async () => {
    await using world = await limitsWorld();
    const { text } = await world.post('/limits/review', [
      ['lease.ttlMs', '45000'],
      ['was:lease.ttlMs', '45000'],
    ]);
    expect(text).toMatch(/nothing was written/);
  });

  it.each(['all', 'lease.ttlMs'])('to what was deployed (%s) takes those that are set', async (reset) => {
    await using world = await limitsWorld();
    const { text } = await world.post('/limits/review', [['reset', reset]]);
    expect(text).toMatch(/name="lease\.ttlMs" value="default"/);
    expect(text).not.toMatch(/lease\.maxRetries/);
  });
});

describe('limits that functions do not take', () => {
  it('are said to be so on both pages that show them', async () => {
    const limits = async () => ({ limits: [], problems: ['lease.ttlMs is 0'], unknown: ['lease.old'] });
    await using world = await visitor({ limits });
    for (const path of ['/', '/limits']) {
      const { text } = await world.get(path);
      expect(text).toMatch(/Functions reject the limits that are set/);
      expect(text).toMatch(/lease\.ttlMs is 0/);
    }
    expect((await world.get('/limits')).text).toMatch(/not limits of this version.*lease\.old/);
  });
});
