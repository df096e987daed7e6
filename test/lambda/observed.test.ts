import { setImmediate as nextTurn } from 'node:timers/promises';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { observed } from '../../lib/lambda/index.ts';
import { type CapturedOutput, capturedOutput } from '../telemetry/captured-output.ts';
import { everyEvent } from '../telemetry/every-event.ts';
import { testTelemetry } from '../telemetry/test-telemetry.ts';

const runAs = (awsRequestId: string) => ({ awsRequestId }) as Context;
const telemetry = testTelemetry();
const report = () => telemetry.onEvent(everyEvent['lease.busy']);

let output: CapturedOutput;
beforeEach(() => {
  output = capturedOutput();
});
afterEach(() => {
  output[Symbol.dispose]();
});

const linesOf = (requestId: string) => output.logged().filter((line) => line['requestId'] === requestId);

describe('a function that is observed', () => {
  it('has its run’s id on what its handler and its middlewares report, whichever way they end', async () => {
    const handler = middy<string, string>(observed({ telemetry }))
      .use({ before: report, after: report, onError: report })
      .handler(async (event) => {
        report();
        if (event === 'fail') throw new Error('as asked');
        return event;
      });
    expect(await handler('well', runAs('run-1'))).toBe('well');
    await expect(handler('fail', runAs('run-2'))).rejects.toThrow('as asked');
    expect(linesOf('run-1')).toHaveLength(3);
    expect(linesOf('run-2')).toHaveLength(3);
    expect(output.logged()).toHaveLength(6);
  });

  it('tells runs apart that go on at the same time', async () => {
    const handler = middy<string, void>(
      observed<string>({
        telemetry,
        unitOf: (session) => ({ ids: { session }, span: { name: 'work' } }),
      }),
    ).handler(async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        await nextTurn();
        report();
      }
    });
    await Promise.all(['a', 'b', 'c'].map((session) => handler(session, runAs(`run-${session}`))));
    for (const session of ['a', 'b', 'c']) {
      expect(linesOf(`run-${session}`)).toMatchObject([{ session }, { session }, { session }]);
    }
  });

  it('leaves nothing of a run behind', async () => {
    await middy<string, void>(observed({ telemetry })).handler(async () => report())('x', runAs('run-1'));
    report();
    expect(output.logged().map((line) => line['requestId'])).toEqual(['run-1', undefined]);
  });

  it('publishes its metrics before a run ends, and also when it fails', async () => {
    const handler = middy<string, void>(observed({ telemetry })).handler(async () => {
      report();
      throw new Error('as asked');
    });
    await expect(handler('x', runAs('run-1'))).rejects.toThrow('as asked');
    expect(output.metrics()).not.toEqual([]);
  });

  it('is not ended early by middy, however little time there is', async () => {
    const handler = middy<string, string>(observed({ telemetry })).handler(async (event) => {
      await nextTurn();
      return event;
    });
    const context = { ...runAs('run-1'), getRemainingTimeInMillis: () => 0 };
    expect(await handler('done', context)).toBe('done');
  });
});
