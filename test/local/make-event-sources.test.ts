import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../lib/clock/index.ts';
import type { StreamRecord, TableStreams } from '../../local/emulators/index.ts';
import type { StreamReaderOptions } from '../../local/emulators/table/table-streams.ts';
import { TemplateError } from '../../local/errors.ts';
import { startEventSources } from '../../local/resources/make-event-sources.ts';
import { makeResolver } from '../../local/template/resolver.ts';
import { fakeFunction } from './fake-function.ts';

const arn = 'arn:aws:sqs:us-east-1:000000000000:work.fifo';
const mapping = (properties: object) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: arn, FunctionName: 'Faked', ...properties },
});

/** Streams on which nothing is written; they tell how they were asked to be read. */
function quietStreams() {
  const read: StreamReaderOptions[] = [];
  const streams: TableStreams = {
    read(options) {
      read.push(options);
      return {
        take: () => [],
        untilSome: (signal) =>
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
        [Symbol.dispose]: () => undefined,
      };
    },
  };
  return { read, streams };
}

/** Starts the mappings on a queue that is empty; tells what was asked of it. */
function startMappings(mappings: Readonly<Record<string, object>>, streams?: TableStreams) {
  const warnings: string[] = [];
  const template = {
    Resources: Object.fromEntries(
      Object.entries(mappings).map(([id, properties]) => [id, mapping(properties)]),
    ),
  };
  const sqs = new SQSClient({ region: 'us-east-1' });
  const send = vi.spyOn(sqs, 'send').mockImplementation(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return {};
  });
  const functions = new Map([['arn', fakeFunction(() => undefined)]]);
  const resolver = makeResolver(template, 'test', {});
  const start = () =>
    startEventSources(template, resolver, functions, {
      sqs,
      queueEndpoint: 'http://127.0.0.1:1',
      streams,
      clock: systemClock,
      onError: () => undefined,
      onWarning: (warning) => warnings.push(warning),
    });
  return { send, start, warnings };
}

async function stopAll(sources: readonly AsyncDisposable[]): Promise<void> {
  await Promise.all(sources.map((source) => source[Symbol.asyncDispose]()));
}

describe('the event source mappings of a template', () => {
  it('are fed from the queue that their ARN names, as many batches at once as they say', async () => {
    const { send, start } = startMappings({
      Feed: { BatchSize: 3, ScalingConfig: { MaximumConcurrency: 2 } },
    });
    const sources = start();
    expect(send.mock.calls.map(([command]) => command.input)).toMatchObject(
      Array.from({ length: 2 }, () => ({
        QueueUrl: 'http://127.0.0.1:1/000000000000/work.fifo',
        MaxNumberOfMessages: 3,
      })),
    );
    await stopAll(sources);
  });

  it('are not fed when they are disabled', () => {
    const { send, start } = startMappings({ Feed: { Enabled: false } });
    expect(start()).toEqual([]);
    expect(send).not.toHaveBeenCalled();
  });

  it('are started all or none: one that is wrong leaves none behind that polls for ever', () => {
    const { send, start } = startMappings({ Feed: {}, Stray: { FunctionName: 'Nobody' } });
    expect(start).toThrow(TemplateError);
    expect(start).toThrow(/Stray feeds Nobody/);
    expect(send).not.toHaveBeenCalled();
  });

  it('are refused when they are of anything but a queue or the stream of a table', () => {
    const { start } = startMappings({ Feed: { EventSourceArn: 'arn:aws:kinesis:us-east-1:0:stream/s' } });
    expect(start).toThrow(/Feed \(AWS::Lambda::EventSourceMapping\).*EventSourceArn/);
  });
});

const streamArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/1';
const record = (eventName: string, sk: string) =>
  ({ eventName, dynamodb: { Keys: { sk: { S: sk } } } }) as unknown as StreamRecord;
const keys = (prefix: string) => ({ dynamodb: { Keys: { sk: { S: [{ prefix }] } } } });

describe('a mapping of a stream', () => {
  it('reads what one of its filters lets through', async () => {
    const { read, streams } = quietStreams();
    const Filters = [{ eventName: ['INSERT', 'MODIFY'], ...keys('COMMIT#') }, keys('MEMORY#')].map(
      (pattern) => ({ Pattern: JSON.stringify(pattern) }),
    );
    const { start } = startMappings(
      { Feed: { EventSourceArn: streamArn, FilterCriteria: { Filters } } },
      streams,
    );
    await stopAll(start());
    expect(read).toMatchObject([{ streamArn }]);
    const accepted = (eventName: string, sk: string) => read[0]?.accepts?.(record(eventName, sk));
    expect(accepted('INSERT', 'COMMIT#1')).toBe(true);
    expect(accepted('REMOVE', 'COMMIT#1')).toBe(false);
    expect(accepted('REMOVE', 'MEMORY#1')).toBe(true);
    expect(accepted('INSERT', 'MESSAGE#1')).toBe(false);
  });

  it('reads everything without filters', async () => {
    const { read, streams } = quietStreams();
    const { start } = startMappings({ Feed: { EventSourceArn: streamArn } }, streams);
    await stopAll(start());
    expect(read[0]?.accepts?.(record('INSERT', 'MESSAGE#1'))).toBe(true);
  });

  it('is refused with a filter that the embedded stack does not know, before anything is fed', () => {
    const { read, streams } = quietStreams();
    const filtered = (Pattern: string) => ({
      EventSourceArn: streamArn,
      FilterCriteria: { Filters: [{ Pattern }] },
    });
    const wrong = startMappings({ Feed: {}, Other: filtered('{"a":[{"suffix":"x"}]}') }, streams);
    expect(wrong.start).toThrow(/Other, at a.*suffix/);
    expect(startMappings({ Other: filtered('{') }, streams).start).toThrow(
      /Other has a filter that is no JSON/,
    );
    expect(read).toEqual([]);
    expect(wrong.send).not.toHaveBeenCalled();
  });

  it('is left out, with a warning, where the tables are on another server', () => {
    const { start, warnings } = startMappings({ Feed: { EventSourceArn: streamArn } });
    expect(start()).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(/Feed .* is fed from a stream.*Faked does nothing here/),
    ]);
  });
});
