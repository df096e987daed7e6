import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Telemetry } from '../../lib/telemetry/index.ts';
import { type CapturedOutput, capturedOutput } from './captured-output.ts';
import { everyEvent } from './every-event.ts';
import { testTelemetry } from './test-telemetry.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const TRACEPARENT = `00-${TRACE_ID}-b7ad6b7169203331-01`;
const span = { name: 'commit', kind: 'message' } as const;

let output: CapturedOutput;
let telemetry: Telemetry;
beforeEach(() => {
  output = capturedOutput();
  telemetry = testTelemetry();
});
afterEach(() => {
  output[Symbol.dispose]();
});

const busy = () => telemetry.onEvent(everyEvent['lease.busy']);
const sealed = (archive: number) => telemetry.onEvent({ ...everyEvent['commit.sealed'], archive });

describe('the ids of a delivery', () => {
  it('are on the lines of events that know nothing of them', async () => {
    const unit = telemetry.unit({ tenant: 'acme', session: 'chat', commitId: 'c1', attempt: 2 }, TRACEPARENT);
    await telemetry.invocation('run-1', () => unit.run(span, async () => busy()));
    expect(output.logged()).toEqual([
      expect.objectContaining({
        event: 'lease.busy',
        tenant: 'acme',
        session: 'chat',
        commitId: 'c1',
        attempt: 2,
        traceId: TRACE_ID,
      }),
    ]);
  });

  it('have the invocation’s with them', async () => {
    await telemetry.invocation('run-1', () => telemetry.unit({ attempt: 1 }).run(span, async () => busy()));
    expect(output.logged()).toEqual([expect.objectContaining({ requestId: 'run-1', attempt: 1 })]);
  });

  it('are not mixed up with those of another that is handled meanwhile', async () => {
    const handle = (session: string, turns: readonly number[]) =>
      telemetry.unit({ session, attempt: 1 }).run({ name: 'commit' }, async () => {
        for (const [index, count] of turns.entries()) {
          for (let turn = 0; turn < count; turn += 1) await nextTurn();
          telemetry.onEvent({ ...everyEvent['lease.busy'], resource: session, leaseAttempt: index });
        }
      });
    await Promise.all([handle('a', [1, 3, 1]), handle('b', [2, 1, 1]), handle('c', [0, 0, 4])]);
    const lines = output.logged();
    expect(lines).toHaveLength(9);
    for (const { session, resource } of lines) expect(session).toBe(resource);
    expect(new Set(lines.map(({ traceId }) => traceId)).size).toBe(3);
  });

  it('are on the lines of what goes on in the background, such as the renewals of a lease', async () => {
    const { promise: renewed, resolve } = Promise.withResolvers<void>();
    await telemetry.unit({ session: 'chat' }).run(span, async () => {
      setTimeout(() => resolve(busy()), 1);
    });
    await renewed;
    expect(output.logged()).toEqual([expect.objectContaining({ session: 'chat' })]);
  });

  it('come to have the archive as soon as it is known', async () => {
    await telemetry.unit({ session: 'chat' }).run(span, async () => {
      busy();
      await telemetry.trace('commit.seal', async () => sealed(7));
      busy();
      sealed(8);
      busy();
    });
    expect(output.logged().map(({ archive }) => archive)).toEqual([undefined, 7, 7, 8, 8]);
  });

  it('are on the lines about it that are written outside of its work', async () => {
    const unit = telemetry.unit({ session: 'chat', attempt: 5 }, TRACEPARENT);
    const failing = unit.run(span, async () => {
      sealed(7);
      throw new Error('failed');
    });
    await expect(failing).rejects.toThrow('failed');
    unit.onEvent(everyEvent['queue.dead-lettered']);
    expect(output.logged().at(-1)).toMatchObject({
      event: 'queue.dead-lettered',
      session: 'chat',
      attempt: 5,
      archive: 7,
      traceId: TRACE_ID,
    });
  });

  it('yield to those that an event has itself', async () => {
    await telemetry.unit({ commitId: 'outer' }).run(span, async () => {
      telemetry.onEvent({ ...everyEvent['commit.claimed'], commitId: 'inner' });
    });
    expect(output.logged()).toEqual([expect.objectContaining({ commitId: 'inner' })]);
  });
});

describe('the trace id', () => {
  it('is made where none came, and is the same for all of a unit', async () => {
    const unit = telemetry.unit({ session: 'chat' }, 'not a traceparent');
    await unit.run(span, async () => {
      busy();
      await telemetry.trace('step', async () => busy());
    });
    unit.onEvent(everyEvent['queue.given-back']);
    const [first, ...others] = output.logged().map(({ traceId }) => traceId);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(others).toEqual([first, first]);
  });

  it('goes with what is sent', async () => {
    const bodies: { traceparent?: string | undefined; commitId: string }[] = [];
    const sender = telemetry.traced<(typeof bodies)[number]>({
      async send({ body }) {
        bodies.push(body);
      },
    });
    const send = (commitId: string) => sender.send({ group: 'g', dedupId: commitId, body: { commitId } });
    await send('outside');
    await telemetry.unit({}, TRACEPARENT).run(span, async () => {
      await send('inside');
      busy();
    });
    expect(bodies).toEqual([
      { commitId: 'outside' },
      {
        commitId: 'inside',
        traceparent: expect.stringMatching(new RegExp(`^00-${TRACE_ID}-[0-9a-f]{16}-01$`)),
      },
    ]);
    // Who asks for a commit learns its id on the way.
    expect(output.logged()).toEqual([expect.objectContaining({ commitId: 'inside' })]);
  });
});

it('what is noted stands beside what is known, and not in its place', async () => {
  await telemetry.unit({ session: 'chat' }).run(span, async () => {
    telemetry.note({ tenant: 'acme', session: 'other' });
    busy();
  });
  expect(output.logged()).toEqual([expect.objectContaining({ tenant: 'acme', session: 'chat' })]);
});
