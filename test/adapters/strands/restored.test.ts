import { Message, type MessageData } from '@strands-agents/sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitlaneStorage } from '../../../lib/adapters/strands/index.ts';
import { toStored } from '../../../lib/adapters/strands/to-stored.ts';
import type { JsonObject } from '../../../lib/messages/index.ts';
import { adapterWorld } from '../adapter-world.ts';
import { snapshotOfMessages } from './snapshot-of-messages.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const name = fc.stringMatching(/^[a-z]{1,8}$/);
/** JSON has no -0, and the API refuses what it would not keep. */
const json = fc
  .jsonValue({ maxDepth: 2, stringUnit: 'grapheme' })
  .map((value) => JSON.parse(JSON.stringify(value)));
const bytes = fc.uint8Array({ maxLength: 12 });
const location = fc.constant({ location: { type: 's3', uri: 's3://bucket/key' } });
const optional = { requiredKeys: [] };
const inBytes = fc.record({ bytes });

const imageBlock = fc.record({
  image: fc.record({
    format: fc.constantFrom('png', 'jpg', 'jpeg', 'gif', 'webp'),
    source: fc.oneof(inBytes, location, fc.record({ url: fc.webUrl() })),
  }),
});
const documentBlock = fc.record({
  document: fc.record(
    {
      name: text,
      format: fc.constantFrom('pdf', 'csv', 'docx', 'md', 'txt'),
      source: fc.oneof(
        inBytes,
        fc.record({ text }),
        fc.record({ content: fc.array(fc.record({ text })) }),
        location,
      ),
      citations: fc.record({ enabled: fc.boolean() }),
      context: text,
    },
    { requiredKeys: ['name', 'format', 'source'] },
  ),
});
const videoBlock = fc.record({
  video: fc.record({ format: fc.constantFrom('mp4', 'webm'), source: fc.oneof(inBytes, location) }),
});
const resultContent = fc.oneof(
  fc.record({ text }),
  fc.record({ json }),
  imageBlock,
  documentBlock,
  videoBlock,
);
const block = fc.oneof(
  fc.record({ text }),
  fc.record({
    toolUse: fc.record(
      { name, toolUseId: name, input: json, reasoningSignature: text },
      { requiredKeys: ['name', 'toolUseId', 'input'] },
    ),
  }),
  fc.record({
    toolResult: fc.record({
      toolUseId: name,
      status: fc.constantFrom('success', 'error'),
      content: fc.array(resultContent, { maxLength: 3 }),
    }),
  }),
  fc.record({ reasoning: fc.record({ text, signature: text, redactedContent: bytes }, optional) }),
  fc.record({
    cachePoint: fc.record({ cacheType: fc.constant('default'), ttl: fc.constantFrom('5m', '1h') }),
  }),
  fc.record({
    guardContent: fc.oneof(
      fc.record({ text: fc.record({ qualifiers: fc.constant(['query']), text }) }),
      fc.record({ image: fc.record({ format: fc.constant('png'), source: inBytes }) }),
    ),
  }),
  fc.record({
    citations: fc.record({
      content: fc.array(fc.record({ text }), { maxLength: 2 }),
      citations: fc.array(
        fc.record({
          location: fc.constant({ type: 'documentChar', documentIndex: 0, start: 1, end: 2 }),
          source: text,
          sourceContent: fc.array(fc.record({ text }), { maxLength: 1 }),
          title: text,
        }),
        { maxLength: 1 },
      ),
    }),
  }),
  imageBlock,
  documentBlock,
  videoBlock,
);
const metadata = fc.record(
  {
    usage: fc.record({ inputTokens: fc.nat(), outputTokens: fc.nat(), totalTokens: fc.nat() }),
    custom: fc.dictionary(name, json, { maxKeys: 2 }),
  },
  optional,
);
/** Built by the classes of Strands: what comes out of them is what an agent has. */
const message = fc
  .record(
    { role: fc.constantFrom('user', 'assistant'), content: fc.array(block, { maxLength: 4 }), metadata },
    { requiredKeys: ['role', 'content'] },
  )
  .map((data) => Message.fromMessageData(data as unknown as MessageData));
const anAgent = { sessionId: 'chat-42', scope: 'agent', scopeId: 'agent' } as const;

describe('messages of an agent', () => {
  it('are restored as they were, whatever they hold, live and archived', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 5 }), async (messages) => {
        const world = await adapterWorld();
        const { client } = world.process();
        const data = messages.map((one) => one.toJSON());
        const snapshot = snapshotOfMessages(data);
        await commitlaneStorage(client).saveSnapshot({
          ...{ location: anAgent, snapshotId: 'latest', isLatest: true, snapshot },
        });
        for (const after of [async () => undefined, () => world.commit('chat-42')]) {
          await after();
          const restored = await commitlaneStorage(client).loadSnapshot({ location: anAgent });
          const stored = restored?.data['messages'] as unknown as MessageData[];
          expect(stored).toEqual(JSON.parse(JSON.stringify(data)));
          expect(stored.map((one) => Message.fromJSON(one))).toEqual(messages);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('say to others what they say: texts, calls, results and files are those of every session', () => {
    const names = new Map<string, string>();
    const call = { toolUse: { name: 'look', toolUseId: 'c1', input: { at: 'it' }, reasoningSignature: 's' } };
    const answered = { toolUseId: 'c1', status: 'error', content: [{ text: 'Too dark.' }] };
    const image = { image: { format: 'jpg', source: { bytes: 'AAEC' } } };
    const cited = { citations: { content: [{ text: 'It is ' }, { text: 'red.' }], citations: [] } };
    const ours = [
      { role: 'user', trackingId: 'm1', content: [{ text: 'Look.' }, image] },
      {
        role: 'assistant',
        trackingId: 'm2',
        content: [{ reasoning: { text: 'Hm.', signature: 's' } }, call],
      },
      { role: 'user', trackingId: 'm3', content: [{ toolResult: answered }] },
      { role: 'assistant', trackingId: 'm4', content: [cited] },
    ].map((one) => toStored(one as JsonObject, names));
    expect(ours).toMatchObject([
      {
        id: 'm1',
        role: 'user',
        content: [
          { type: 'text', text: 'Look.' },
          { type: 'file', mediaType: 'image/jpeg', data: 'AAEC' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'tool-call', toolCallId: 'c1', toolName: 'look', input: { at: 'it' } },
        ],
      },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', toolCallId: 'c1', toolName: 'look', output: 'Too dark.', isError: true },
        ],
      },
      { role: 'assistant', content: [{ type: 'text', text: 'It is red.' }] },
    ]);
  });

  it('are given of what others have stored, too', async () => {
    const world = await adapterWorld();
    const { client } = world.process();
    await client.createSession('chat-42');
    await client.append('chat-42', [
      { id: 'm1', role: 'system', content: 'Be brief.' },
      { id: 'm2', role: 'user', content: 'Look.' },
      {
        ...{ id: 'm3', role: 'assistant' },
        content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'look', input: {} }],
      },
      {
        ...{ id: 'm4', role: 'tool' },
        content: [{ type: 'tool-result', toolCallId: 'c1', toolName: 'look', output: { light: 3 } }],
      },
      { id: 'm5', role: 'user', content: [{ type: 'file', mediaType: 'application/pdf', data: 'AAEC' }] },
      { id: 'm6', role: 'user', content: [{ type: 'poll', options: 2 }] },
    ]);
    const restored = await commitlaneStorage(client).loadSnapshot({ location: anAgent });
    const stored = restored?.data['messages'] as unknown as MessageData[];
    expect(stored.map(({ role, content }) => ({ role, content }))).toEqual([
      { role: 'user', content: [{ text: '[system] Be brief.' }] },
      { role: 'user', content: [{ text: 'Look.' }] },
      { role: 'assistant', content: [{ toolUse: { name: 'look', toolUseId: 'c1', input: {} } }] },
      {
        role: 'user',
        content: [{ toolResult: { toolUseId: 'c1', status: 'success', content: [{ json: { light: 3 } }] } }],
      },
      {
        role: 'user',
        content: [{ document: { name: 'document', format: 'pdf', source: { bytes: 'AAEC' } } }],
      },
      { role: 'user', content: [{ text: '[poll: {"options":2}]' }] },
    ]);
    expect(() => stored.map((one) => Message.fromJSON(one))).not.toThrow();
  });
});
