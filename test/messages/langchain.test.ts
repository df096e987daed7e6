import { mapStoredMessageToChatMessage, type StoredMessage } from '@langchain/core/messages';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CanonicalMessage } from '../../lib/messages/index.ts';
import { fromLangChain, type LangChainFields, toLangChain } from '../../lib/messages/langchain/index.ts';
import { newMessageSchema } from '../../lib/session/index.ts';
import { canonicalMessages } from './arbitraries/canonical.ts';
import { langChainFields, strangeFields } from './arbitraries/langchain.ts';

const runs = { numRuns: 500 };

/** What is sent to be stored, and comes back. */
function throughTheStore(message: CanonicalMessage): CanonicalMessage {
  return newMessageSchema.parse(JSON.parse(JSON.stringify(message)));
}

describe('a message of LangChain', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(langChainFields, (fields) => {
        expect(toLangChain(throughTheStore(fromLangChain(fields)))).toEqual([fields]);
      }),
      runs,
    );
  });

  it('comes back as it was, even if LangChain does not know it yet', () => {
    fc.assert(
      fc.property(strangeFields, (fields) => {
        expect(toLangChain(throughTheStore(fromLangChain(fields)))).toEqual([fields]);
      }),
      runs,
    );
  });

  it('is stored in the words of the canonical form', () => {
    const toolNames = new Map<string, string>();
    const conversation: LangChainFields[] = [
      { type: 'system', content: 'Help.' },
      { type: 'human', content: 'What is the weather in Bergen?', name: 'Ann' },
      {
        type: 'ai',
        content: [
          { type: 'thinking', thinking: 'I have to look.', signature: 'abc' },
          { type: 'text', text: 'Let me look.' },
        ],
        tool_calls: [{ id: 'c1', name: 'weather', args: { city: 'Bergen' }, type: 'tool_call' }],
      },
      { type: 'tool', content: '7 °C', tool_call_id: 'c1' },
      { type: 'ai', content: 'It is 7 °C.', usage_metadata: { total_tokens: 9 } },
    ];
    expect(conversation.map((fields) => fromLangChain(fields, toolNames))).toEqual([
      { role: 'system', content: 'Help.' },
      {
        role: 'user',
        content: 'What is the weather in Bergen?',
        metadata: { langchain: { name: 'Ann' } },
      },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'I have to look.', langchain: { type: 'thinking', signature: 'abc' } },
          { type: 'text', text: 'Let me look.' },
          { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Bergen' } },
        ],
      },
      {
        role: 'tool',
        content: [{ type: 'tool-result', toolCallId: 'c1', toolName: 'weather', output: '7 °C' }],
        metadata: { langchain: { name: null } },
      },
      {
        role: 'assistant',
        content: 'It is 7 °C.',
        metadata: { langchain: { usage_metadata: { total_tokens: 9 } } },
      },
    ]);
  });

  it('has its pictures and files as files', () => {
    const { content } = fromLangChain({
      type: 'human',
      content: [
        { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==' } },
        { type: 'file', mimeType: 'application/pdf', url: 'https://example.com/a.pdf' },
      ],
    });
    expect(content).toEqual([
      expect.objectContaining({ type: 'file', mediaType: 'image/png', data: 'iVBORw==' }),
      expect.objectContaining({
        type: 'file',
        mediaType: 'application/pdf',
        url: 'https://example.com/a.pdf',
      }),
    ]);
  });

  it('of a tool that failed says so', () => {
    const fields: LangChainFields = { type: 'tool', content: 'no net', tool_call_id: 'c1', status: 'error' };
    expect(fromLangChain(fields).content).toEqual([expect.objectContaining({ isError: true })]);
  });
});

describe('whatever can be stored', () => {
  it('becomes messages that LangChain makes', () => {
    fc.assert(
      fc.property(canonicalMessages, (messages) => {
        for (const { type, ...data } of messages.flatMap(toLangChain)) {
          const stored = { type, data } as unknown as StoredMessage;
          expect(mapStoredMessageToChatMessage(stored).getType()).toBe(type);
        }
      }),
      runs,
    );
  });

  it('is told with its calls first, and then each result', () => {
    expect(
      toLangChain({
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Bergen' } },
          { type: 'tool-result', toolCallId: 'c1', toolName: 'weather', output: { celsius: 7 } },
        ],
      }),
    ).toEqual([
      {
        type: 'ai',
        content: [{ type: 'reasoning', reasoning: 'Hm.' }],
        tool_calls: [{ type: 'tool_call', id: 'c1', name: 'weather', args: { city: 'Bergen' } }],
      },
      { type: 'tool', tool_call_id: 'c1', name: 'weather', content: '{"celsius":7}' },
    ]);
  });
});
