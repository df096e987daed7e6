import { describe, expect, it } from 'vitest';
import { newMessageSchema } from '../../lib/session/index.ts';

const parsed = (content: unknown) => newMessageSchema.safeParse({ role: 'assistant', content });
const problemsOf = (content: unknown) =>
  (parsed(content).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

const call = { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Bergen' } };
const result = { type: 'tool-result', toolCallId: 'c1', toolName: 'weather', output: null };

describe('the content of a message', () => {
  it.each([
    ['a text', 'Good morning'],
    ['parts', [{ type: 'text', text: 'Let me look.' }, call]],
    ['a call without a text', [{ type: 'text', text: '' }, call]],
    ['a result that is null', [result]],
    ['a failed call', [{ ...result, output: 'timeout', isError: true }]],
    ['reasoning with a signature', [{ type: 'reasoning', text: '', signature: 'EqQB' }]],
    ['a file at an address', [{ type: 'file', mediaType: 'image/png', url: 'https://example.com/a.png' }]],
    ['a file within', [{ type: 'file', mediaType: 'image/png', data: 'iVBORw==', name: 'a.png' }]],
    ['a part of a type that objects have a method for', [{ type: 'toString' }]],
    ['a part of another type', [{ type: 'source', sourceType: 'url', url: 'https://example.com' }]],
  ])('may be %s, and stays as it came', (_, content) => {
    const { success, data } = parsed(content);
    expect(success).toBe(true);
    expect(data?.content).toEqual(content);
    expect(JSON.stringify(data?.content)).toBe(JSON.stringify(content));
  });

  it('keeps every key of a part, __proto__ among them', () => {
    const content = JSON.parse('[{"type":"text","text":"a","__proto__":{"b":1}}]');
    expect(JSON.stringify(parsed(content).data?.content)).toBe(JSON.stringify(content));
  });

  it.each([
    ['null', null, ['content: must be a text or a list of parts']],
    ['a number', 1, ['content: must be a text or a list of parts']],
    ['nothing', '', ['content: must say something: the text is empty']],
    ['no parts', [], ['content: at least 1 parts']],
    [
      'empty texts only',
      [
        { type: 'text', text: '' },
        { type: 'text', text: '' },
      ],
      ['content: must say something: all parts are empty texts'],
    ],
    [
      'a part that is nothing, after an empty text',
      [{ type: 'text', text: '' }, null],
      ['content.1: Invalid input: expected object, received null'],
    ],
    ['a part that is a text', ['a'], ['content.0: Invalid input: expected object, received string']],
    [
      'a part without a type',
      [{ text: 'a' }],
      ['content.0.type: Invalid input: expected string, received undefined'],
    ],
    [
      'a call without an input',
      [{ type: 'tool-call', toolCallId: 'c1', toolName: 'weather' }],
      ['content.0.input: must be there: what the tool is called with, any JSON value'],
    ],
    [
      'a result without an output',
      [{ type: 'tool-result', toolCallId: 'c1', toolName: 'weather' }],
      ['content.0.output: must be there: what the tool returned, any JSON value'],
    ],
    [
      'a call without an id',
      [{ ...call, toolCallId: '' }],
      ['content.0.toolCallId: Too small: expected string to have >=1 characters'],
    ],
    [
      'a file that is nowhere',
      [{ type: 'file', mediaType: 'image/png' }],
      ["content.0: must have either 'url' or 'data', in base64"],
    ],
    [
      'a file that is not in base64',
      [{ type: 'file', mediaType: 'image/png', data: 'ä' }],
      ['content.0.data: Invalid base64-encoded string'],
    ],
    ['too many parts', Array.from({ length: 1_001 }, () => call), ['content: at most 1000 parts']],
  ])('is refused if it is %s', (_, content, problems) => {
    expect(problemsOf(content)).toEqual(problems);
  });
});
