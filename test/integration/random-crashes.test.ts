import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommitView } from '../../lib/client/index.ts';
import { startTableEmulator } from '../../local/emulators/index.ts';
import { type Assembly, synthesise } from '../../local/template/synthesise.ts';
import { type HeldRequest, type HoldingProxy, holdingProxy } from '../support/holding-proxy.ts';
import { type LocalWorld, localWorld } from '../support/local-world.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';
import { randomPlans, type Step } from './random-plan.ts';

/** A long search: `COMMITLANE_RUNS=200 npx vitest run test/integration/random-crashes.test.ts`. */
const runs = Number(process.env['COMMITLANE_RUNS'] ?? 8);
const seed = Number(process.env['COMMITLANE_SEED'] ?? Date.now() % 1_000_000);
/** Sessions that live side by side, between two restarts of the whole stack. */
const SIDE_BY_SIDE = 8;
/** So many deaths that a message may be delivered to in vain. */
const MAX_RECEIVE_COUNT = '50';

const resources = new AsyncDisposableStack();
let proxy: HoldingProxy;
let assembly: Assembly;
let dataFolder: string;
beforeAll(async () => {
  const table = resources.use(await startTableEmulator({}));
  proxy = resources.use(await holdingProxy(table.endpoint));
  dataFolder = await mkdtemp(path.join(tmpdir(), 'commitlane-crashes-'));
  resources.defer(() => rm(dataFolder, { recursive: true, force: true }));
  assembly = await synthesise({
    projectFolder: fileURLToPath(new URL('../..', import.meta.url)),
    outputFolder: path.join(dataFolder, 'cdk.out'),
    context: { 'commitlane:maxReceiveCount': MAX_RECEIVE_COUNT, 'commitlane:model': 'offline' },
  });
});
afterAll(() => resources.disposeAsync());

async function startWorld(): Promise<LocalWorld> {
  const world = await localWorld({
    assembly,
    dataFolder: path.join(dataFolder, 'data'),
    environment: { AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint },
  });
  await world.shortenLease();
  return world;
}

/** One session, what was said in it and acknowledged, and the crashes that lie in wait for it. */
class RandomSession {
  readonly name: string;
  readonly acknowledged: string[] = [];
  readonly #number: number;
  readonly #plan: readonly Step[];
  readonly #traps: HeldRequest[] = [];
  #said = 0;
  crashes = 0;

  constructor(number: number, plan: readonly Step[]) {
    this.#number = number;
    this.name = `run-${number}`;
    this.#plan = plan;
  }

  /** Every other session is committed by its policy, too. */
  async open({ client }: LocalWorld): Promise<void> {
    const autoCommit = this.#number % 2 === 1 ? { messageCount: 4, keepRecent: 1 } : null;
    await client.createSession(this.name, { autoCommit });
  }

  async play(world: LocalWorld, half: 0 | 1): Promise<void> {
    const middle = Math.ceil(this.#plan.length / 2);
    const steps = half === 0 ? this.#plan.slice(0, middle) : this.#plan.slice(middle);
    for (const step of steps) await this.#take(world, step);
  }

  /** Nothing lies in wait any more. */
  disarm(): void {
    for (const trap of this.#traps) trap.release();
  }

  async #take(world: LocalWorld, step: Step): Promise<void> {
    const { client, stack } = world;
    if (step.kind === 'look') await stack.runSchedules();
    else if (step.kind === 'commit') {
      await client.requestCommit(this.name, { keepRecent: step.keepRecent });
    } else if (step.kind === 'append') {
      const contents = Array.from({ length: step.messages }, () => `message ${++this.#said} of ${this.name}`);
      await client.append(
        this.name,
        contents.map((content) => ({ role: 'user', content })),
      );
      this.acknowledged.push(...contents);
    } else {
      this.#layTrap(world, step);
    }
  }

  #layTrap({ stack }: LocalWorld, { nth, where }: Extract<Step, { kind: 'crash' }>): void {
    let seen = 0;
    const trap = proxy.hold(({ body }) => body.includes(`${this.name}"`) && seen++ === nth, where);
    this.#traps.push(trap);
    trap.reached.then(async ({ sender }) => {
      if (sender !== undefined) this.crashes += await stack.killBusy(sender);
      trap.release();
    });
  }
}

describe('sessions whose functions are killed at random', () => {
  it(
    `keep every message once and in order (${runs} runs, seed ${seed})`,
    async () => {
      const plans = randomPlans(runs, seed);
      let crashes = 0;
      for (let first = 0; first < plans.length; first += SIDE_BY_SIDE) {
        const sessions = plans
          .slice(first, first + SIDE_BY_SIDE)
          .map((plan, index) => new RandomSession(first + index, plan));
        await playTogether(sessions);
        crashes += sessions.reduce((sum, session) => sum + session.crashes, 0);
      }
      expect(crashes, 'some functions were killed').toBeGreaterThan(0);
    },
    safetyTimeouts.testMs + runs * 10_000,
  );
});

async function playTogether(sessions: readonly RandomSession[]): Promise<void> {
  {
    await using world = await startWorld();
    await Promise.all(sessions.map((session) => session.open(world)));
    await Promise.all(sessions.map((session) => session.play(world, 0)));
    await world.stack.killBusy('');
  }
  await using world = await startWorld();
  await Promise.all(sessions.map((session) => session.play(world, 1)));
  for (const session of sessions) session.disarm();
  await Promise.all(sessions.map((session) => checkInvariants(world, session)));
}

async function checkInvariants(world: LocalWorld, { name, acknowledged }: RandomSession): Promise<void> {
  const { commitId } = await world.client.requestCommit(name, { idempotencyKey: 'the-last-one' });
  const last = await world.ended(name, commitId);
  expect(last.state, `${name}: the last commit ends`).toMatch(/completed|empty/);
  await allFollowedUp(world, name);

  const { archives, live } = await world.contents(name);
  expect([...archives.flat(), ...live], `${name}: no loss, no duplicate, in order`).toEqual(acknowledged);
  let next = 1;
  for await (const { archive, from, to } of world.client.archives(name)) {
    expect(from, `${name}: archive ${archive} begins where the one before ends`).toBe(next);
    next = to + 1;
  }
}

/** Waits until each archive has its summary and its memories. */
async function allFollowedUp({ client, ended }: LocalWorld, session: string): Promise<void> {
  const commits: Promise<CommitView>[] = [];
  for await (const { commitId } of client.archives(session)) commits.push(ended(session, commitId));
  for (const { state, commitId } of await Promise.all(commits))
    expect(state, `${session}: ${commitId}`).toBe('completed');
}
