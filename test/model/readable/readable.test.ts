import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageContent, Role } from '../../../lib/messages/index.ts';
import { readable } from '../../../lib/model/readable/index.ts';

const message = (content: MessageContent, role: Role = 'assistant') => ({
  id: 'm1',
  role,
  content,
  at: '2026-05-01T00:00:00Z',
});
const said = (content: MessageContent, role?: Role) =>
  readable([message(content, role)]).map((piece) => `${piece.role} ${piece.kind}: ${piece.content}`);

const png = 'iVBORw0KGgo'.padEnd(174_000, 'A');

describe('what a model reads of a message', () => {
  it('is a text as it is', () => {
    expect(said('Good morning', 'user')).toEqual(['user text: Good morning']);
  });

  it('tells calls from words, with name and arguments', () => {
    expect(
      said([
        { type: 'text', text: 'Let me look.' },
        { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Bergen' } },
        { type: 'tool-call', toolCallId: 'c2', toolName: 'tides', input: {} },
      ]),
    ).toEqual([
      'assistant text: Let me look.',
      'assistant call: [calls weather: {"city":"Bergen"}]\n[calls tides: {}]',
    ]);
  });

  it('gives what a tool returned to the tool, whoever sent it', () => {
    expect(
      said(
        [
          { type: 'tool-result', toolCallId: 'c1', toolName: 'weather', output: 'I live in Oslo.' },
          { type: 'text', text: 'And tomorrow?' },
        ],
        'user',
      ),
    ).toEqual(['tool result: [weather returned: I live in Oslo.]', 'user text: And tomorrow?']);
  });

  it("reads the AI SDK's outputs, and says that a call failed", () => {
    const result = { type: 'tool-result', toolCallId: 'c1', toolName: 'weather' } as const;
    expect(
      said([{ ...result, output: { type: 'error-text', value: 'no such city' }, isError: true }]),
    ).toEqual(['tool result: [weather failed: no such city]']);
    expect(said([{ ...result, output: { type: 'json', value: { degrees: 7 } } }])).toEqual([
      'tool result: [weather returned: {"type":"json","value":{"degrees":7}}]',
    ]);
  });

  it('has the first and the last lines of a long result', () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => `line ${index}`).join('\n');
    const [piece = ''] = said([{ type: 'tool-result', toolCallId: 'c', toolName: 'run', output: lines }]);
    expect(piece.length).toBeLessThan(2_200);
    expect(piece).toContain('[run returned: line 0\nline 1\n');
    expect(piece).toMatch(/\[… \d+ characters left out …\] line \d+\n/);
    expect(piece).toContain('line 1999]');
  });

  it.each<[string, MessageContent, string]>([
    [
      'a file',
      [{ type: 'file', mediaType: 'image/png', data: png, name: 'fjord.png' }],
      '[fjord.png, image/png, 131 KB]',
    ],
    [
      'a file at an address',
      [{ type: 'file', mediaType: 'image/png', url: 'https://example.com/a.png' }],
      '[image/png, at https://example.com/a.png]',
    ],
    [
      'a file at a data URI',
      [{ type: 'file', mediaType: 'image/png', url: `data:image/png;base64,${png}` }],
      '[image/png, 131 KB]',
    ],
    [
      'a data URI in a text',
      `Look: ![x](data:image/png;base64,${png}) nice`,
      '![x]([image/png, 131 KB]) nice',
    ],
    ['base64 in a text', `It is ${png}.`, 'It is [base64, 131 KB].'],
    [
      'base64 in lines',
      `-----BEGIN KEY-----\n${`${'A'.repeat(64)}\n`.repeat(5)}AAAA==\n-----END KEY-----`,
      '-----BEGIN KEY-----\n[base64, 248 B]\n\n-----END KEY-----',
    ],
    [
      'base64 in the input of a call',
      [{ type: 'tool-call', toolCallId: 'c', toolName: 'save', input: { file: png } }],
      '[calls save: {"file":"[base64, 131 KB]"}]',
    ],
    [
      'base64 in a part of another type',
      [{ type: 'audio', data: png }],
      '[audio: {"data":"[base64, 131 KB]"}]',
    ],
  ])('has a placeholder for %s', (_, content, expected) => {
    const pieces = readable([message(content)]);
    expect(pieces).toHaveLength(1);
    expect(pieces[0]?.content).toContain(expected);
    expect(pieces[0]?.content.length).toBeLessThan(200);
  });

  it('leaves words alone, however long they are', () => {
    const text = `Donaudampfschifffahrtsgesellschaft ${'あ'.repeat(500)} https://example.com/${'a-b/'.repeat(20)}`;
    expect(said(text)).toEqual([`assistant text: ${text}`]);
  });

  it('is nothing of a message without words', () => {
    expect(said([{ type: 'reasoning', text: '', signature: 'EqQB' }])).toEqual([]);
  });

  it('is well-formed, and short for every part but texts', () => {
    const part = fc.oneof(
      fc.record({
        type: fc.constant('tool-call'),
        toolCallId: fc.string(),
        toolName: fc.string({ maxLength: 20 }),
        input: fc.jsonValue(),
      }),
      fc.record({
        type: fc.constant('tool-result'),
        toolCallId: fc.string(),
        toolName: fc.string({ maxLength: 20 }),
        output: fc.jsonValue(),
      }),
      fc.record({ type: fc.constant('reasoning'), text: fc.string({ unit: 'grapheme', maxLength: 5_000 }) }),
      fc.record({ type: fc.constant('anything'), more: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(part, (one) => {
        for (const { content } of readable([message([one] as MessageContent)])) {
          expect(content.isWellFormed()).toBe(true);
          expect(content.length).toBeLessThan(2_200);
        }
      }),
    );
  });
});
