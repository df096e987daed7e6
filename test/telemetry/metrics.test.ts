import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MetricName, metricDefinitions, type ReportedEvent } from '../../lib/telemetry/index.ts';
import { type CapturedOutput, capturedOutput } from './captured-output.ts';
import { everyEvent } from './every-event.ts';
import { testTelemetry } from './test-telemetry.ts';

interface EmfLine {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly [name: string]: unknown;
}

let output: CapturedOutput;
beforeEach(() => {
  output = capturedOutput();
});
afterEach(() => {
  output[Symbol.dispose]();
});

const emfLines = () => output.metrics() as unknown as EmfLine[];

/** What an invocation publishes that reports these events: values by metric, with the step or cause behind a slash. */
async function published(...events: readonly ReportedEvent[]): Promise<Record<string, unknown>> {
  const telemetry = testTelemetry();
  await telemetry.invocation('run-1', async () => {
    for (const event of events) telemetry.onEvent(event);
  });
  return Object.fromEntries(
    emfLines().flatMap((line) =>
      line._aws.CloudWatchMetrics.flatMap(({ Metrics }) =>
        Metrics.map(({ Name }) => [
          [Name, line['step'] ?? line['cause']].filter(Boolean).join('/'),
          line[Name],
        ]),
      ),
    ),
  );
}

describe('metrics are made of', () => {
  it.each<[string, readonly ReportedEvent[], Record<string, unknown>]>([
    [
      'a lease that was taken over from a dead holder',
      [everyEvent['lease.acquired']],
      { LeaseAcquired: 1, LeaseAttempts: 4, LeaseWait: 600, LeaseTakeOvers: 1 },
    ],
    [
      'a lease that was free',
      [{ type: 'lease.acquired', resource: 'r', attempts: 1, waitedMs: 0 }],
      { LeaseAcquired: 1, LeaseAttempts: 1, LeaseWait: 0 },
    ],
    ['a busy lease', [everyEvent['lease.busy'], everyEvent['lease.busy']], { LeaseBusy: [1, 1] }],
    [
      'a lease that was given up',
      [everyEvent['lease.unavailable']],
      { LeaseExhausted: 1, LeaseAttempts: 11, LeaseWait: 2_000 },
    ],
    [
      'lost leases, by cause',
      [
        everyEvent['lease.lost'],
        { ...everyEvent['lease.lost'], lossCause: 'not-renewed' },
        everyEvent['lease.lost'],
      ],
      { 'LeaseLost/taken-over': [1, 1], 'LeaseLost/not-renewed': 1 },
    ],
    ['a lease that was held', [everyEvent['lease.released']], { LeaseHoldTime: 140 }],
    ['a fence that refused a write', [everyEvent['commit.fence-rejected']], { FenceRejections: 1 }],
    [
      'a commit',
      [everyEvent['commit.copied'], everyEvent['commit.ended']],
      { ArchivedRecords: 19, ArchivedBytes: 4_000, CommitDuration: 150, CommitsArchived: 1 },
    ],
    [
      'a commit of nothing',
      [{ ...everyEvent['commit.ended'], outcome: 'empty' }],
      { CommitDuration: 150, CommitsEmpty: 1 },
    ],
    [
      'a commit that was left out',
      [{ ...everyEvent['commit.ended'], outcome: 'skipped' }],
      { CommitDuration: 150, CommitsSkipped: 1 },
    ],
    [
      'a step of a follow-up, with its tokens',
      [everyEvent['follow-up.asked'], everyEvent['follow-up.step']],
      {
        'FollowUpModelCalls/summary': 1,
        'FollowUpStepDuration/summary': 3_000,
        'ModelInputTokens/summary': 900,
        'ModelOutputTokens/summary': 120,
        'RedactedSecrets/summary': 2,
      },
    ],
    [
      'a step without a model',
      [{ ...everyEvent['follow-up.step'], step: 'merge', usage: undefined, redacted: undefined }],
      { 'FollowUpStepDuration/merge': 3_000 },
    ],
    [
      'a model that is too slow',
      [everyEvent['follow-up.timeout'], everyEvent['follow-up.fallback']],
      { 'FollowUpTimeouts/extraction': 1, 'FollowUpFallbacks/extraction': 1 },
    ],
    [
      'vectors, and what is left without them',
      [
        everyEvent['follow-up.embedded'],
        everyEvent['memory.not-embedded'],
        everyEvent['search.by-words-alone'],
      ],
      { 'FollowUpStepDuration/embedding': 700, EmbeddingsLeftOut: 1, SearchesByWordsAlone: 1 },
    ],
    ['memories', [everyEvent['follow-up.merged']], { MemoriesWritten: 3 }],
    [
      'a commit that yielded no memory',
      [{ ...everyEvent['follow-up.merged'], created: 0, updated: 0, unchanged: 0 }],
      { MemoriesWritten: 0, CommitsWithoutMemory: 1 },
    ],
    [
      'dead letters and replays',
      [everyEvent['queue.dead-lettered'], everyEvent['queue.replayed'], everyEvent['queue.given-back']],
      { DeadLettered: 1, Replayed: 1, GivenBack: 1 },
    ],
    ['limits that are wrong', [everyEvent['limits.rejected']], { ConfigRejected: 1 }],
  ])('%s', async (_what, events, metrics) => {
    expect(await published(...events)).toEqual(metrics);
  });

  it('events, and together they make every metric that is defined', async () => {
    const outcomes = ['empty', 'skipped'].map((outcome) => ({ ...everyEvent['commit.ended'], outcome }));
    const nothing = { ...everyEvent['follow-up.merged'], created: 0, updated: 0, unchanged: 0 };
    const made = await published(...Object.values(everyEvent), ...outcomes, nothing);
    const names = new Set(Object.keys(made).map((name) => name.split('/')[0]));
    expect([...names].sort()).toEqual(Object.keys(metricDefinitions).sort());
  });
});

describe('a line of metrics', () => {
  it('is in the embedded format, in our namespace, by stage, with the id of the invocation', async () => {
    await published(everyEvent['commit.ended']);
    expect(emfLines()).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: 'Commitlane',
              Dimensions: [['stage']],
              Metrics: [
                { Name: 'CommitDuration', Unit: 'Milliseconds' },
                { Name: 'CommitsArchived', Unit: 'Count' },
              ],
            },
          ],
        },
        stage: 'test',
        requestId: 'run-1',
        CommitDuration: 150,
        CommitsArchived: 1,
      },
    ]);
  });

  it('has one more dimension where the metric is divided, and never any other', async () => {
    await published(...Object.values(everyEvent));
    for (const line of emfLines()) {
      for (const { Dimensions, Metrics } of line._aws.CloudWatchMetrics) {
        for (const { Name, Unit } of Metrics) {
          const definition = metricDefinitions[Name as MetricName];
          expect(Unit).toBe(definition.unit);
          expect(Dimensions).toEqual([['stage', ...('by' in definition ? [definition.by] : [])]]);
        }
      }
    }
  });

  it('loses nothing when there are more values than it can hold', async () => {
    const telemetry = testTelemetry();
    await telemetry.invocation('run-1', async () => {
      for (let count = 0; count < 250; count += 1) telemetry.onEvent(everyEvent['lease.busy']);
    });
    const values = emfLines().flatMap(({ LeaseBusy }) => LeaseBusy);
    expect(values).toHaveLength(250);
    for (const line of emfLines()) expect(line).toMatchObject({ stage: 'test' });
  });
});

describe('an invocation', () => {
  it('publishes its metrics when it fails, too', async () => {
    const telemetry = testTelemetry();
    const failing = telemetry.invocation('run-1', async () => {
      telemetry.onEvent(everyEvent['lease.busy']);
      throw new Error('out of memory');
    });
    await expect(failing).rejects.toThrow('out of memory');
    expect(emfLines()).toMatchObject([{ LeaseBusy: 1 }]);
  });

  it('publishes nothing that another has published, and no line of nothing', async () => {
    const telemetry = testTelemetry();
    await telemetry.invocation('run-1', async () => telemetry.onEvent(everyEvent['lease.busy']));
    await telemetry.invocation('run-2', async () => 'nothing happens');
    expect(emfLines()).toHaveLength(1);
    expect(output.text()).not.toContain('No application metrics');
  });
});
