import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DeadLetter, sqsDeadLetterQueue } from '../../lib/dead-letters/index.ts';
import { sqsSender } from '../../lib/queue/index.ts';
import { type LocalWorld, localWorld } from '../support/local-world.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const SECRET = 'My name is Ann, and I live in Bergen.';

let world: LocalWorld;
let warnings: string[];
let commitId: string;

beforeAll(async () => {
  warnings = [];
  world = await localWorld({ onWarning: (warning) => warnings.push(warning) });
  await world.client.createSession('chat');
  await world.say('chat', SECRET, 'I prefer trains to planes.');
  const response = await fetch(`${world.stack.apiUrl}/sessions/chat/commits`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await world.tokenOf('ann')}`,
      'content-type': 'application/json',
      traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01`,
    },
    body: '{}',
  });
  ({ commitId } = (await response.json()) as { commitId: string });
  const { state } = await world.ended('chat', commitId);
  expect(state).toBe('completed');
  // Metrics are written when a run ends, after what it did can be seen.
  const isMeasured = (functionName: string, name: string) =>
    metricsOf(functionName).some((line) => name in line);
  await vi.waitUntil(
    () =>
      isMeasured('CommitFunction', 'CommitDuration') && isMeasured('FollowUpFunction', 'FollowUpDuration'),
    { timeout: safetyTimeouts.conditionMs },
  );
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** What a function wrote, each line after its name. */
function linesOf(functionName: string): Record<string, unknown>[] {
  return world.logs
    .filter((line) => line.startsWith(functionName) && line.includes('{'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))) as Record<string, unknown>);
}
const logged = (functionName: string) => linesOf(functionName).filter((line) => !('_aws' in line));
const metricsOf = (functionName: string) => linesOf(functionName).filter((line) => '_aws' in line);

describe('on the stack that would be deployed, one commit', () => {
  it('has one trace id on all its lines, from the request to the memories', () => {
    const ofCommit = ['ApiFunction', 'CommitFunction', 'FollowUpFunction']
      .flatMap(logged)
      .filter((line) => line['traceId'] === TRACE_ID);
    const events = ofCommit.map(({ event }) => event);
    expect(events).toEqual(
      expect.arrayContaining([
        'api.answered',
        'lease.acquired',
        'commit.sealed',
        'commit.ended',
        'follow-up.step',
        'follow-up.completed',
      ]),
    );
    for (const line of ofCommit) expect(line).toMatchObject({ tenant: 'acme', session: 'chat', commitId });
  });

  it('is measured: lease, commit and follow-up', () => {
    expect(metricsOf('CommitFunction')).toContainEqual(
      expect.objectContaining({
        stage: 'dev',
        LeaseAcquired: 1,
        LeaseAttempts: 1,
        LeaseHoldTime: expect.any(Number),
        CommitDuration: expect.any(Number),
        ArchivedRecords: 2,
        CommitsArchived: 1,
      }),
    );
    expect(metricsOf('FollowUpFunction')).toContainEqual(
      expect.objectContaining({ stage: 'dev', FollowUpDuration: expect.any(Number) }),
    );
  });

  it('leaves nothing of what was said in any line', () => {
    expect(world.logs.join('\n')).not.toMatch(/Bergen|trains/);
  });
});

it('a dead letter that is sent back is seen as a replay', async () => {
  const { sqs, outputs } = world.stack;
  const queueUrl = outputs['CommitQueueUrl'] ?? '';
  const deadLetterQueueUrl = outputs['CommitDeadLetterQueueUrl'] ?? '';
  const letters = sqsDeadLetterQueue({
    client: sqs,
    kind: 'commits',
    queueUrl,
    deadLetterQueueUrl,
    newId: randomUUID,
  });
  const body = { tenant: 'acme', session: 'broken' };
  await sqsSender({ client: sqs, queueUrl }).send({ group: 'g', dedupId: 'd', body });
  const received: DeadLetter[] = [];
  await expect.poll(async () => received.push(...(await letters.receive()))).toBe(1);
  for (const letter of received) await letters.resend(letter, 'replayed by ann');
  const replayed = () => logged('CommitFunction').filter(({ event }) => event === 'queue.replayed');
  await expect.poll(replayed).toMatchObject([{ session: 'broken', attempt: 1, group: 'g' }]);
});

it('alarms and dashboards are left out silently', () => {
  expect(warnings).toEqual([]);
});
