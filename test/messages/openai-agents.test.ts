import { protocol } from '@openai/agents';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CanonicalMessage } from '../../lib/messages/index.ts';
import { fromOpenAiAgents, toOpenAiAgents } from '../../lib/messages/openai-agents/index.ts';
import { newMessageSchema } from '../../lib/session/index.ts';
import { canonicalMessages } from './arbitraries/canonical.ts';
import { agentsItems, strangeItems } from './arbitraries/openai-agents.ts';

const runs = { numRuns: 500 };

/** What is sent to be stored, and comes back. */
function throughTheStore(message: CanonicalMessage): CanonicalMessage {
  return newMessageSchema.parse(JSON.parse(JSON.stringify(message)));
}

describe('an item of the Agents SDK', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(agentsItems, (item) => {
        expect(protocol.ModelItem.safeParse(item).error).toBeUndefined();
        expect(toOpenAiAgents(throughTheStore(fromOpenAiAgents(item)))).toEqual([item]);
      }),
      runs,
    );
  });

  it('comes back as it was, even if the SDK does not know it yet', () => {
    fc.assert(
      fc.property(strangeItems, (item) => {
        expect(toOpenAiAgents(throughTheStore(fromOpenAiAgents(item)))).toEqual([item]);
      }),
      runs,
    );
  });

  it('is stored in the words of the canonical form', () => {
    expect(
      [
        { type: 'message', role: 'user', content: 'What is the weather in Bergen?' },
        { type: 'reasoning', id: 'rs_1', content: [{ type: 'input_text', text: 'I have to look.' }] },
        {
          type: 'function_call',
          callId: 'c1',
          name: 'weather',
          arguments: '{"city":"Bergen"}',
          status: 'completed',
        },
        {
          type: 'function_call_result',
          callId: 'c1',
          name: 'weather',
          status: 'completed',
          output: { type: 'text', text: '7 °C' },
        },
        {
          type: 'message',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'It is 7 °C.' }],
        },
      ].map(fromOpenAiAgents),
    ).toEqual([
      {
        role: 'user',
        content: 'What is the weather in Bergen?',
        metadata: { openaiAgents: { type: 'message' } },
      },
      {
        role: 'assistant',
        content: [{ type: 'reasoning', text: 'I have to look.' }],
        metadata: { openaiAgents: { type: 'reasoning', id: 'rs_1' } },
      },
      {
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Bergen' } }],
      },
      {
        role: 'tool',
        content: [{ type: 'tool-result', toolCallId: 'c1', toolName: 'weather', output: '7 °C' }],
      },
      { role: 'assistant', content: [{ type: 'text', text: 'It is 7 °C.' }] },
    ]);
  });

  it('has its pictures and files as files, wherever they stand', () => {
    const image = 'data:image/png;base64,iVBORw==';
    const file = { type: 'file', mediaType: 'image/png', data: 'iVBORw==' };
    const said = fromOpenAiAgents({ role: 'user', content: [{ type: 'input_image', image }] });
    const returned = fromOpenAiAgents({
      type: 'function_call_result',
      callId: 'c1',
      name: 'camera',
      status: 'completed',
      output: { type: 'image', image: { data: 'iVBORw==', mediaType: 'image/png' } },
    });
    expect(said.content).toEqual([expect.objectContaining(file)]);
    expect(returned.content).toEqual([expect.objectContaining({ output: [expect.objectContaining(file)] })]);
  });

  it('of a hosted tool is a part as it came', () => {
    const item = { type: 'hosted_tool_call', name: 'web_search_call', status: 'completed' };
    expect(fromOpenAiAgents(item)).toMatchObject({ role: 'assistant', content: [item] });
  });
});

describe('whatever can be stored', () => {
  it('becomes items that the SDK knows', () => {
    fc.assert(
      fc.property(canonicalMessages, (messages) => {
        for (const item of messages.flatMap(toOpenAiAgents)) {
          expect(protocol.ModelItem.safeParse(item).error).toBeUndefined();
        }
      }),
      runs,
    );
  });

  it('is told in the order in which it was said', () => {
    const items = toOpenAiAgents({
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Hm.' },
        { type: 'text', text: 'Let me look.' },
        { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Bergen' } },
        { type: 'tool-result', toolCallId: 'c1', toolName: 'weather', output: { celsius: 7 } },
      ],
    });
    expect(items).toEqual([
      {
        type: 'message',
        role: 'assistant',
        status: 'completed',
        content: [
          { type: 'output_text', text: '[reasoning] Hm.' },
          { type: 'output_text', text: 'Let me look.' },
        ],
      },
      {
        type: 'function_call',
        callId: 'c1',
        name: 'weather',
        status: 'completed',
        arguments: '{"city":"Bergen"}',
      },
      {
        type: 'function_call_result',
        callId: 'c1',
        name: 'weather',
        status: 'completed',
        output: { type: 'text', text: '{"celsius":7}' },
      },
    ]);
  });
});
