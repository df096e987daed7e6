import { describe, expect, it } from 'vitest';
import {
  type DeadLetter,
  type DeadLetterQueue,
  inProcessDeadLetterQueue,
} from '../../lib/dead-letters/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { commitIdOf, commitLetter } from './letters.ts';
import { sqsQueues } from './sqs-queues.ts';

interface World extends AsyncDisposable {
  readonly queue: DeadLetterQueue;
  add(message: { group: string; body: string; reason?: { code: string; message: string } }): unknown;
  resent(): Promise<readonly { group: string; body: string }[]> | readonly DeadLetter[];
}

const worlds: Record<string, () => Promise<World>> = {
  'in this process': async () => {
    const queue = inProcessDeadLetterQueue({ clock: fakeClock(), kind: 'commits' });
    return {
      queue,
      add: queue.add,
      resent: () => queue.resent,
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
  'on SQS': async () => {
    const queues = await sqsQueues();
    return { ...queues, resent: queues.takeResent };
  },
};

describe.each(Object.entries(worlds))('a dead-letter queue %s', (_name, makeWorld) => {
  it('gives what it was given, with the reason', async () => {
    await using world = await makeWorld();
    const reason = { code: 'lease-unavailable', message: 'It was busy.' };
    await world.add({ ...commitLetter('one'), reason });
    const [letter] = await world.queue.receive();
    expect(letter).toMatchObject({
      kind: 'commits',
      ...commitLetter('one'),
      reason,
      content: { type: 'commit', message: { commitId: 'one', tenant: 'acme', session: 'chat' } },
    });
  });

  it('shows what cannot be understood as it is', async () => {
    await using world = await makeWorld();
    await world.add({ group: 'somebody', body: 'not JSON' });
    const [letter] = await world.queue.receive();
    expect(letter).toMatchObject({ body: 'not JSON', content: { type: 'unreadable' } });
  });

  it('shows nothing of a group while one of its letters is in flight', async () => {
    await using world = await makeWorld();
    await world.add(commitLetter('one'));
    const held = await world.queue.receive();
    await world.add(commitLetter('two'));
    expect(await world.queue.receive()).toEqual([]);
    expect(await world.queue.count()).toEqual({ waiting: 1, inFlight: 1 });
    await world.queue.release(held);
    const [first] = await world.queue.receive();
    expect(first?.id).toBe(held[0]?.id);
  });

  it('keeps the identity, the reason and the age of a letter that is copied to the end', async () => {
    await using world = await makeWorld();
    const reason = { code: 'a', message: 'b' };
    await world.add({ ...commitLetter('one'), reason });
    const original = await world.queue.receive();
    await world.queue.append(original, 'passage-1');
    await world.queue.remove(original);
    const [copy] = await world.queue.receive();
    const { receiptHandle: _, ...kept } = { ...original[0] };
    expect(copy).toMatchObject({ ...kept, passage: 'passage-1' });
  });

  it('sends the body back to the group that it came from, as often as it is told to', async () => {
    await using world = await makeWorld();
    await world.add(commitLetter('one'));
    const [letter] = await world.queue.receive();
    if (!letter) throw new Error('there is no letter');
    await world.queue.resend(letter, 'replayed by ann');
    await world.queue.resend(letter, 'replayed by \u0001 ann');
    const resent = await world.resent();
    expect(resent.map(commitIdOf)).toEqual(['one', 'one']);
    expect(resent[0]?.group).toBe(letter.group);
  });

  it('does not mind letters that are not in flight any more', async () => {
    await using world = await makeWorld();
    await world.add(commitLetter('one'));
    const held = await world.queue.receive();
    await world.queue.release(held);
    await world.queue.remove(held);
    await world.queue.release(held);
    expect(await world.queue.count()).toEqual({ waiting: 1, inFlight: 0 });
  });
});
