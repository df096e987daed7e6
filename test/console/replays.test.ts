import { describe, expect, it } from 'vitest';
import type { Operations } from '../../console/index.ts';
import { QueueUnavailableError } from '../../lib/queue/index.ts';
import { countFollowed, type LetterChoice } from '../../operator/letters/index.ts';
import { evil, letter } from './fake-operations.ts';
import { visitor } from './visitor.ts';

type Sending = Parameters<Operations['replay']>[1];

/** A console whose stack plans and sends only when a test lets it. */
async function replayWorld(more: Partial<Operations> = {}) {
  const plans: LetterChoice[] = [];
  const sent: { choice: LetterChoice; ratePerSecond: number }[] = [];
  const sending = Promise.withResolvers<Awaited<ReturnType<Operations['replay']>>>();
  const begun = Promise.withResolvers<Sending>();
  const world = await visitor({
    planReplay: async (choice) => {
      plans.push(choice);
      return { letters: [letter('l2'), letter('l1')], unreadable: [letter('raw')], unseen: 0, causes: [] };
    },
    replay: (choice, options) => {
      sent.push({ choice, ratePerSecond: options.ratePerSecond });
      begun.resolve(options);
      return sending.promise;
    },
    ...more,
  });
  const address = async (answer: Promise<{ headers: Headers }>) =>
    (await answer).headers.get('location') ?? '';
  const all = [
    ['which', 'all'],
    ['tenant', 'acme'],
    ['queue', ''],
  ] as const;
  return {
    ...world,
    plans,
    sent,
    sending,
    begun: begun.promise,
    address,
    plan: () => address(world.post('/replays', all)),
  };
}

const result = { resent: 2, gone: 0, notRemoved: 0, unrecorded: 0, isStopped: false, replays: [] };

describe('a replay', () => {
  it('is planned, shown in its order, sent once somebody says so, and told of', async () => {
    await using world = await replayWorld();
    const address = await world.plan();
    expect(world.plans).toEqual([{ filter: { tenant: 'acme' } }]);
    const planned = await world.get(address);
    expect(planned.text).toMatch(/Replay 2 letters/);
    expect(planned.text).toMatch(/1 letter cannot be understood, and stays where it is/);
    expect(planned.text).not.toMatch(/http-equiv="refresh"/);
    expect(world.sent).toEqual([]);

    const [, id = ''] = /id=(.*)$/.exec(address) ?? [];
    const answer = world.post('/replays/send', [
      ['id', id],
      ['rate', '7'],
    ]);
    const work = await world.begun;
    await world.clock.advance(3_000);
    expect((await answer).headers.get('location')).toBe(address);
    expect(world.sent).toEqual([
      { choice: { filter: { tenant: 'acme' }, ids: new Set(['l2', 'l1']) }, ratePerSecond: 7 },
    ]);
    work.report?.({ text: 'commits are replayed', counted: { done: 1, total: 2 } });
    const underWay = await world.get(address);
    expect(underWay.text).toMatch(/1 of 2 commits are replayed/);
    expect(underWay.text).toMatch(/http-equiv="refresh"/);
    expect((await world.get('/letters')).text).toMatch(/A replay is running/);

    world.sending.resolve({ ...result, resent: 1, gone: 1 });
    await expect.poll(async () => (await world.get(address)).text).toMatch(/Replayed 1 of 2 letters/);
    expect((await world.get(address)).text).toMatch(/1 letter of the plan had gone/);
  });

  it('says what the letters died of, if it still stands, before it is sent', async () => {
    const cause = {
      name: 'model',
      status: 'failed',
      detail: `HTTP 503 ${evil}`,
      whatToDo: '1 letter died of it.',
    } as const;
    const causes = [cause, { name: 'commits', status: 'ok', detail: '0 waiting' } as const];
    const planReplay = async () => ({ letters: [letter('l1')], unreadable: [], unseen: 0, causes });
    await using world = await replayWorld({ planReplay });
    const { text } = await world.get(await world.plan());
    expect(text).toMatch(/The cause persists: <bdi>model<\/bdi>/);
    expect(text).toMatch(/HTTP 503/);
    expect(text).not.toContain(evil);
    expect(text).not.toMatch(/0 waiting/);
    expect(text).toMatch(/Replay 1 letter anyway/);
  });

  it('is followed through: how many completed, which failed again and why', async () => {
    const replay = (commitId: string) => ({ tenant: 'acme', session: 'chat', commitId });
    const following = Promise.withResolvers<Parameters<Operations['followReplays']>>();
    const end = Promise.withResolvers<Awaited<ReturnType<Operations['followReplays']>>>();
    await using world = await replayWorld({
      replay: async () => ({ ...result, replays: [replay('c1'), replay('c2')] }),
      followReplays: (...args) => {
        following.resolve(args);
        return end.promise;
      },
    });
    const address = await world.plan();
    const [, id = ''] = /id=(.*)$/.exec(address) ?? [];
    const answer = world.post('/replays/send', [
      ['id', id],
      ['rate', '20'],
    ]);
    const [replays, work] = await following.promise;
    await world.clock.advance(3_000);
    await answer;
    expect(replays).toEqual([replay('c1'), replay('c2')]);
    expect((await world.get(address)).text).toMatch(/0 completed, 0 failed again, 2 still running/);
    const completed = { ...replay('c1'), outcome: 'completed' as const };
    work.report?.(countFollowed([completed, { ...replay('c2'), outcome: 'running' }]));
    const underWay = await world.get(address);
    expect(underWay.text).toMatch(/1 completed, 0 failed again, 1 still running/);
    expect(underWay.text).toMatch(/http-equiv="refresh"/);
    // Others may be planned meanwhile.
    expect(await world.plan()).toMatch(/^\/replays/);

    end.resolve(countFollowed([completed, { ...replay('c2'), outcome: 'dead-again', detail: evil }]));
    await expect
      .poll(async () => (await world.get(address)).text)
      .toMatch(/1 completed, 1 failed again, 0 still running/);
    const ended = await world.get(address);
    expect(ended.text).not.toMatch(/http-equiv="refresh"/);
    expect(ended.text).not.toContain(evil);
    expect(ended.text).toMatch(/&lt;script&gt;/);
  });

  it('is not watched any longer when somebody stops that', async () => {
    const replays = [{ tenant: 'acme', session: 'chat', commitId: 'c1' }];
    const running = [{ tenant: 'acme', session: 'chat', commitId: 'c1', outcome: 'running' as const }];
    await using world = await replayWorld({
      replay: async () => ({ ...result, replays }),
      followReplays: (_replays, { signal }) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve(countFollowed(running)))),
    });
    const address = await world.plan();
    const [, id = ''] = /id=(.*)$/.exec(address) ?? [];
    const sent = world.post('/replays/send', [
      ['id', id],
      ['rate', '20'],
    ]);
    await expect.poll(async () => (await world.get(address)).text).toMatch(/Stop watching/);
    await world.post('/replays/stop', [['id', id]]);
    await sent;
    const { text } = await world.get(address);
    expect(text).toMatch(/Replayed 2 of 2 letters/);
    expect(text).toMatch(/1 still running/);
    expect(text).not.toMatch(/http-equiv="refresh"/);
  });

  it('takes those that were chosen, and needs one at least', async () => {
    await using world = await replayWorld();
    const chosen = [
      ['which', 'chosen'],
      ['letter', 'l1'],
      ['letter', 'l9'],
      ['tenant', 'acme'],
    ] as const;
    await world.post('/replays', chosen);
    expect(world.plans).toEqual([{ filter: {}, ids: new Set(['l1', 'l9']) }]);
    const none = await world.post('/replays', [['which', 'chosen']]);
    expect(none).toMatchObject({ status: 400, text: expect.stringMatching(/No letter was chosen/) });
  });

  it('is sent once only, and never beside another', async () => {
    await using world = await replayWorld();
    const [, first = ''] = /id=(.*)$/.exec(await world.plan()) ?? [];
    const [, second = ''] = /id=(.*)$/.exec(await world.plan()) ?? [];
    const send = (id: string) =>
      world.post('/replays/send', [
        ['id', id],
        ['rate', '20'],
      ]);
    const answer = send(first);
    await world.begun;
    await world.clock.advance(3_000);
    await answer;
    for (const id of [first, second]) expect(await send(id)).toMatchObject({ status: 409 });
    expect(await world.post('/replays', [['which', 'all']])).toMatchObject({
      status: 409,
      text: expect.stringMatching(/Another replay is running/),
    });
    world.sending.resolve(result);
    await expect.poll(async () => (await world.get(`/replays?id=${first}`)).text).toMatch(/Replayed 2 of 2/);
    expect(await send(first)).toMatchObject({ status: 409, text: expect.stringMatching(/were sent before/) });
    expect(world.sent).toHaveLength(1);
  });

  it('can be stopped, and says what was sent until then', async () => {
    await using world = await replayWorld();
    const address = await world.plan();
    const [, id = ''] = /id=(.*)$/.exec(address) ?? [];
    const answer = world.post('/replays/send', [
      ['id', id],
      ['rate', '20'],
    ]);
    const { signal } = await world.begun;
    signal.addEventListener('abort', () => world.sending.resolve({ ...result, resent: 1, isStopped: true }));
    await world.post('/replays/stop', [['id', id]]);
    await answer;
    expect((await world.get(address)).text).toMatch(
      /Stopped\. Replayed 1 of 2 letters\. The others are where they were/,
    );
  });

  it('that fails says why', async () => {
    const planReplay = async () => {
      throw new QueueUnavailableError('ReceiveMessage', new Error('no route'));
    };
    await using world = await replayWorld({ planReplay });
    expect((await world.get(await world.plan())).text).toMatch(
      /ReceiveMessage.*no route[\s\S]*No letter is lost/,
    );
  });

  it.each(['0', '501', 'fast', ''])('is not sent at a rate of %j', async (rate) => {
    await using world = await replayWorld();
    const [, id = ''] = /id=(.*)$/.exec(await world.plan()) ?? [];
    expect(
      (
        await world.post('/replays/send', [
          ['id', id],
          ['rate', rate],
        ])
      ).status,
    ).toBe(400);
    expect(world.sent).toEqual([]);
  });

  it('of many letters is shown a hundred at a time', async () => {
    const letters = Array.from({ length: 250 }, (_, index) =>
      letter(`l${index}`, { commitId: `commit-${index}` }),
    );
    const planReplay = async () => ({ letters, unreadable: [], unseen: 3, causes: [] });
    await using world = await replayWorld({ planReplay });
    const address = await world.plan();
    const first = await world.get(address);
    expect(first.text).toMatch(/Replay 250 letters/);
    expect(first.text).toMatch(/Letters 1 to 100 of 250 letters/);
    expect(first.text).toMatch(/3 letters could not be seen/);
    const last = await world.get(`${address}&part=3`);
    expect(last.text).toMatch(/Letters 201 to 250/);
    expect(last.text).toContain('commit-249');
    expect(last.text).not.toContain('commit-199');
  });

  it('is stopped when the console ends, which waits for it', async () => {
    const world = await replayWorld();
    const [, id = ''] = /id=(.*)$/.exec(await world.plan()) ?? [];
    const answer = world
      .post('/replays/send', [
        ['id', id],
        ['rate', '20'],
      ])
      .catch(() => 'the server has closed');
    const { signal } = await world.begun;
    let hasEnded = false;
    const ended = world.console[Symbol.asyncDispose]().then(() => {
      hasEnded = true;
    });
    await expect.poll(() => signal.aborted).toBe(true);
    expect(hasEnded).toBe(false);
    world.sending.resolve({ ...result, isStopped: true });
    await ended;
    await answer;
  });
});
