import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, vi } from 'vitest';
import { TemplateError } from '../../local/errors.ts';
import { startEventSources } from '../../local/resources/make-event-sources.ts';
import { makeResolver } from '../../local/template/resolver.ts';
import { fakeFunction } from './fake-function.ts';

const arn = 'arn:aws:sqs:us-east-1:000000000000:work.fifo';
const mapping = (properties: object) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: arn, FunctionName: 'Faked', ...properties },
});

/** Starts the mappings on a queue that is empty; tells what was asked of it. */
function startMappings(mappings: Readonly<Record<string, object>>) {
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
    startEventSources(template, resolver, functions, sqs, 'http://127.0.0.1:1', () => undefined);
  return { send, start };
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

  it('are refused when they are of anything but a queue', () => {
    const stream = 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/1';
    const { start } = startMappings({ Feed: { EventSourceArn: stream } });
    expect(start).toThrow(/Feed \(AWS::Lambda::EventSourceMapping\).*EventSourceArn/);
  });
});
