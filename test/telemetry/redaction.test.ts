import { context as contexts, trace as traces } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Model, ModelUnavailableError } from '../../lib/model/index.ts';
import { type RedactionMode, redactionModes } from '../../lib/redaction/index.ts';
import { fakes } from '../redaction/fake-secrets.ts';
import { key } from '../support/commit-world.ts';
import { textOf } from '../support/text-of.ts';
import { type CapturedOutput, capturedOutput } from './captured-output.ts';
import { pipelineWorld } from './pipeline-world.ts';

const SECRET = fakes.githubToken;
/** Nothing may hold as much of it, in whatever case. */
const PART = SECRET.slice(8, 20).toLowerCase();
const MENTIONS = `Deploy with ${SECRET}, please.`;

/** Repeats what it is given wherever it can, as the worst of models would. */
function parrot(): Model & { readonly heard: string[] } {
  const heard: string[] = [];
  return {
    name: 'parrot',
    heard,
    async summarise(request) {
      heard.push(JSON.stringify(request));
      return {
        value: `${request.previousSummary ?? ''} They said: ${request.messages.map(textOf).join(' ')}`,
      };
    },
    async extract(request) {
      heard.push(JSON.stringify(request));
      const { messages, known } = request;
      const said = messages.map(textOf).join(' ');
      const token = /gh\w+/.exec(said)?.[0] ?? 'nothing';
      const common = { category: 'entity', confidence: 1, messageId: messages[0]?.id ?? '' } as const;
      const memories = [
        { ...common, key: `deploy-${token.toLowerCase().replace('_', '-')}`, text: said },
        { ...common, key: 'token', text: token },
        ...known.map((memory) => ({ ...common, ...memory, text: `Still: ${memory.text}` })),
      ];
      return { value: { memories, rejected: [{ reason: `category: ${token} is not wanted` }] } };
    },
  };
}

const exporter = new InMemorySpanExporter();
let output: CapturedOutput;

beforeEach(() => {
  output = capturedOutput();
  exporter.reset();
  contexts.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  traces.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
});
afterEach(() => {
  output[Symbol.dispose]();
  traces.disable();
  contexts.disable();
});

/** Two archives, the second with what is known of the first. */
async function followedUp(redact: RedactionMode | undefined, model: Model = parrot()) {
  const world = await pipelineWorld({ model, ...(redact !== undefined && { redact }) });
  for (const text of [MENTIONS, `Again: ${MENTIONS}`]) {
    await world.append(text);
    await world.requestCommit();
    await world.commitBatch(world.commits.receive());
    await world.followUpBatch(world.followUps.receive());
  }
  const [first, second] = await Promise.all([1, 2].map((n) => world.store.readManifest(key, n)));
  const { memories } = await world.memories();
  return { world, first: first?.followUp, second: second?.followUp, memories };
}

const holds = (what: unknown) => (JSON.stringify(what) ?? '').toLowerCase().includes(PART);
const observed = () => ({
  lines: output.lines(),
  spans: exporter
    .getFinishedSpans()
    .map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
});

describe('a secret that somebody typed', () => {
  it.each([undefined, 'memories', 'model'] as const)(
    'is in nothing that is remembered with redact %s',
    async (redact) => {
      const { first, second, memories } = await followedUp(redact);
      expect(first?.summary).toMatchObject({
        text: ' They said: Deploy with [redacted: GitHub token], please.',
      });
      expect(memories.length).toBeGreaterThan(0);
      expect({ kept: [first, second, memories].map(holds) }).toEqual({ kept: [false, false, false] });
    },
  );

  it('reaches the model with redact memories, and does not with model', async () => {
    for (const [redact, expected] of [
      ['memories', true],
      ['model', false],
    ] as const) {
      const model = parrot();
      await followedUp(redact, model);
      expect(model.heard).toHaveLength(4);
      expect(model.heard.some(holds)).toBe(expected);
    }
  });

  it('is remembered with redact off', async () => {
    const { first, memories } = await followedUp('off');
    expect(holds(first)).toBe(true);
    expect(holds(memories)).toBe(true);
    expect(JSON.stringify(first)).not.toContain('redacted');
  });

  it.each(redactionModes)('stays in the archive with redact %s', async (redact) => {
    const { world } = await followedUp(redact);
    expect((await world.contents()).archives.flat().join()).toContain(SECRET);
  });

  it.each(redactionModes)('is in no line, no metric and no span with redact %s', async (redact) => {
    await followedUp(redact);
    const { lines, spans } = observed();
    expect(lines.length).toBeGreaterThan(10);
    expect(spans.length).toBeGreaterThan(10);
    expect(holds(lines)).toBe(false);
    expect(holds(spans)).toBe(false);
  });

  it.each(redactionModes)(
    'is in no line, span or timeline of a call that failed, with redact %s',
    async (redact) => {
      const fail = async () => {
        throw new ModelUnavailableError('parrot', 'the connection failed', 0, { cause: new Error(MENTIONS) });
      };
      const { world } = await followedUp(redact, { name: 'parrot', summarise: fail, extract: fail });
      const ids = new Set(
        output.logged().flatMap(({ commitId }) => (typeof commitId === 'string' ? [commitId] : [])),
      );
      const commits = await Promise.all([...ids].map((id) => world.store.readCommit(key, id)));
      expect(commits).toContainEqual(expect.objectContaining({ state: 'archived' }));
      expect(holds(observed())).toBe(false);
      expect(holds(commits)).toBe(false);
    },
  );
});

describe('what was replaced', () => {
  it('is counted in the step, in the log and in the metric, and on the manifest', async () => {
    const { first } = await followedUp('memories');
    expect(first?.summary).toMatchObject({ redacted: 1 });
    expect(first?.extraction).toMatchObject({ redacted: 3, rejected: 2 });
    const steps = output.logged().filter(({ event }) => event === 'follow-up.step');
    expect(steps.slice(0, 2)).toMatchObject([
      { step: 'summary', redacted: 1 },
      { step: 'extraction', redacted: 3 },
    ]);
    expect(steps[2]).not.toHaveProperty('redacted');
    expect(output.metrics()).toContainEqual(
      expect.objectContaining({ step: 'extraction', RedactedSecrets: 3 }),
    );
  });

  it('counts with redact model also what the model was not shown', async () => {
    const { first } = await followedUp('model');
    expect(first?.summary).toMatchObject({ redacted: 1 });
    expect(first?.extraction).toMatchObject({ redacted: 1 });
  });
});
