import { context as contexts, SpanKind, SpanStatusCode, trace as traces } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CapturedOutput, capturedOutput } from './captured-output.ts';
import { pipelineWorld } from './pipeline-world.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const TRACEPARENT = `00-${TRACE_ID}-b7ad6b7169203331-01`;
const LIVES = 'My name is Ann, and I live in Bergen. I prefer trains to planes.';

const exporter = new InMemorySpanExporter();
let output: CapturedOutput;

beforeEach(() => {
  output = capturedOutput();
});
afterEach(() => {
  output[Symbol.dispose]();
});

/** A commit from its request to its memories. */
async function wholeWay(headers: Record<string, string> = {}) {
  const world = await pipelineWorld();
  await world.append(LIVES);
  const response = await world.requestCommit(headers);
  await world.commitBatch(world.commits.receive());
  await world.followUpBatch(world.followUps.receive());
  return { world, response };
}

const traceIdsOfLines = () => [...new Set(output.logged().map(({ traceId }) => traceId))];

describe('with an SDK of OpenTelemetry', () => {
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

  beforeEach(() => {
    exporter.reset();
    contexts.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    traces.setGlobalTracerProvider(provider);
  });
  afterEach(() => {
    traces.disable();
    contexts.disable();
  });

  const spans = () => exporter.getFinishedSpans();
  const span = (name: string): ReadableSpan => {
    const [found, ...others] = spans().filter((one) => one.name === name);
    if (found && others.length === 0) return found;
    throw new Error(`there is not one span ${name} among ${spans().map((one) => one.name)}`);
  };
  const parentOf = ({ parentSpanContext }: ReadableSpan) =>
    spans().find((one) => one.spanContext().spanId === parentSpanContext?.spanId)?.name;

  it('one trace leads from the request, over both queues, to the memories', async () => {
    const { world } = await wholeWay();
    expect((await world.memories()).memories.length).toBeGreaterThan(0);
    const tree = Object.fromEntries(spans().map((one) => [one.name, parentOf(one)]));
    expect(tree).toEqual({
      'api.requestCommit': undefined,
      commit: 'api.requestCommit',
      'commit.seal': 'commit',
      'commit.copy': 'commit',
      'commit.hand-over': 'commit',
      'commit.clear': 'commit',
      'follow-up': 'commit.hand-over',
      'follow-up.summary': 'follow-up',
      'follow-up.extraction': 'follow-up',
      'follow-up.merge': 'follow-up',
    });
    const traceIds = new Set(spans().map((one) => one.spanContext().traceId));
    expect([...traceIds]).toEqual(traceIdsOfLines());
  });

  it('spans say whose they are, and which of them come from outside', async () => {
    await wholeWay();
    const ids = {
      'commitlane.tenant': 'acme',
      'commitlane.session': 'chat',
      'commitlane.commit_id': expect.stringMatching(/^id-/),
      'commitlane.attempt': 1,
    };
    expect(span('commit')).toMatchObject({ kind: SpanKind.CONSUMER, attributes: ids });
    expect(span('follow-up')).toMatchObject({
      kind: SpanKind.CONSUMER,
      attributes: { ...ids, 'commitlane.archive': 1 },
    });
    expect(span('api.requestCommit')).toMatchObject({
      kind: SpanKind.SERVER,
      attributes: { 'commitlane.session': 'chat' },
    });
    expect(span('commit.copy')).toMatchObject({ kind: SpanKind.INTERNAL });
  });

  it('a request that is part of a trace already goes on with it', async () => {
    await wholeWay({ traceparent: TRACEPARENT });
    expect(new Set(spans().map((one) => one.spanContext().traceId))).toEqual(new Set([TRACE_ID]));
    expect(span('api.requestCommit').parentSpanContext).toMatchObject({ spanId: 'b7ad6b7169203331' });
  });

  it('the span that the runtime opened is the parent of a request, and is linked to a message', async () => {
    const world = await pipelineWorld();
    await world.append(LIVES);
    const tracer = provider.getTracer('runtime');
    await tracer.startActiveSpan('run of api', async (own) => {
      await world.requestCommit();
      own.end();
    });
    await tracer.startActiveSpan('run of commit', async (own) => {
      await world.commitBatch(world.commits.receive());
      own.end();
    });
    expect(parentOf(span('api.requestCommit'))).toBe('run of api');
    expect(parentOf(span('commit'))).toBe('api.requestCommit');
    expect(span('commit').links).toMatchObject([{ context: span('run of commit').spanContext() }]);
  });

  it('a delivery that fails ends its span with the error, and the next one is in the same trace', async () => {
    const world = await pipelineWorld();
    await world.append(LIVES);
    await world.requestCommit({ traceparent: TRACEPARENT });
    const [first] = world.commits.receive();
    if (!first) throw new Error('nothing was sent');
    const readRange = world.store.readRange;
    world.store.readRange = async () => {
      throw new Error('the database is away');
    };
    expect(await world.commitBatch([first])).toHaveLength(1);
    expect(span('commit.seal')).toMatchObject({ status: { code: SpanStatusCode.ERROR, message: 'Error' } });
    world.store.readRange = readRange;
    expect(await world.commitBatch([{ ...first, receiveCount: 2 }])).toEqual([]);
    const commits = spans().filter(({ name }) => name === 'commit');
    expect(commits.map(({ attributes }) => attributes['commitlane.attempt'])).toEqual([1, 2]);
    for (const one of commits) expect(one.spanContext().traceId).toBe(TRACE_ID);
  });

  it('a request that fails for a reason of ours ends its span with an error, and its lines say whose it was', async () => {
    const world = await pipelineWorld();
    world.store.readMeta = async () => {
      throw new TypeError('undefined is not a function');
    };
    expect(await world.requestCommit({ traceparent: TRACEPARENT })).toMatchObject({ statusCode: 500 });
    expect(span('api.requestCommit').status).toEqual({ code: SpanStatusCode.ERROR, message: 'api.failed' });
    const whose = { tenant: 'acme', session: 'chat', traceId: TRACE_ID, requestId: 'api-run', status: 500 };
    expect(output.logged()).toMatchObject([
      { event: 'api.failed', level: 'ERROR', error: { name: 'TypeError' }, ...whose },
      { event: 'api.answered', operation: 'requestCommit', ...whose },
    ]);
    expect(output.metrics()).toMatchObject([{ ApiFailures: 1 }]);
  });

  it('spans are sent before the function is frozen', async () => {
    const flushed: string[] = [];
    traces.disable();
    traces.setGlobalTracerProvider(
      Object.assign(new BasicTracerProvider(), {
        async forceFlush() {
          flushed.push('flushed');
        },
      }),
    );
    await wholeWay();
    expect(flushed).toEqual(['flushed', 'flushed', 'flushed']);
  });
});

describe('without an SDK', () => {
  it('every line of a request’s whole way has the same trace id', async () => {
    await wholeWay();
    const lines = output.logged();
    expect(new Set(lines.map((line) => line['function']))).toEqual(new Set(['api', 'commit', 'follow-up']));
    const [traceId, ...others] = traceIdsOfLines();
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(others).toEqual([]);
  });

  it('every line says whose it is', async () => {
    await wholeWay({ traceparent: TRACEPARENT });
    for (const line of output.logged()) {
      expect(line).toMatchObject({
        traceId: TRACE_ID,
        tenant: 'acme',
        session: 'chat',
        commitId: expect.stringMatching(/^id-/),
        requestId: `${line['function']}-run`,
      });
      if (line['function'] !== 'api') expect(line).toMatchObject({ attempt: 1 });
      if (line['function'] === 'follow-up') expect(line).toMatchObject({ archive: 1 });
    }
  });

  it('what people wrote is in no line', async () => {
    await wholeWay();
    expect(output.lines().length).toBeGreaterThan(10);
    expect(output.text()).not.toMatch(/Bergen|trains|Ann,/);
  });

  it('a header that is no traceparent is taken for none', async () => {
    const { response } = await wholeWay({ traceparent: '00-somewhere-else-01' });
    expect(response.statusCode).toBe(202);
    expect(traceIdsOfLines()).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  it('a message that a back end sent itself, with none, has a trace of its own', async () => {
    const world = await pipelineWorld();
    await world.append(LIVES);
    const body = JSON.stringify(world.message('by-hand'));
    await world.commitBatch([{ messageId: 'm', receiptHandle: 'h', group: 'g', body, receiveCount: 1 }]);
    expect(traceIdsOfLines()).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(JSON.parse(world.followUps.bodies[0] ?? '')).toMatchObject({
      traceparent: expect.stringContaining(String(traceIdsOfLines()[0])),
    });
  });
});

describe('a delivery', () => {
  it('of a dead letter that was sent back is counted as a replay, once', async () => {
    const world = await pipelineWorld();
    await world.append(LIVES);
    await world.requestCommit();
    const deliveries = world.commits.receive({ replay: 'by ann' });
    await world.commitBatch(deliveries);
    await world.commitBatch(deliveries.map((delivery) => ({ ...delivery, receiveCount: 2 })));
    expect(output.logged().filter(({ event }) => event === 'queue.replayed')).toHaveLength(1);
    expect(output.metrics().filter((line) => 'Replayed' in line)).toMatchObject([{ Replayed: 1 }]);
  });

  it('whose body nobody understands says that it is dead, and not what it holds', async () => {
    const world = await pipelineWorld();
    for (const body of ['{"tenant":"acme","session":"chat","text":"secret"}', 'secret']) {
      await world.commitBatch([{ messageId: 'm', receiptHandle: 'h', group: 'g', body, receiveCount: 1 }]);
    }
    expect(output.logged()).toMatchObject([
      { event: 'queue.dead-lettered', code: 'invalid-message', tenant: 'acme', session: 'chat', attempt: 1 },
      { event: 'queue.dead-lettered', code: 'invalid-message', attempt: 1 },
    ]);
    expect(output.text()).not.toContain('secret');
  });
});
