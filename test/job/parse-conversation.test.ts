import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConversation } from '../../local/job/conversation/parse-conversation.ts';
import { readConversation } from '../../local/job/conversation/read-conversation.ts';
import { readConversations } from '../../local/job/conversation/read-conversations.ts';

const good = '{"role":"user","content":"hi"}';

describe('a conversation file', () => {
  it('keeps all other fields of a line as metadata, and takes an ISO time as the time of the message', () => {
    const lines = [
      '{"role":"user","content":"hi","name":"Ann","part":1,"tags":[{"a":null}],"at":"1:56 pm on 8 May, 2023"}',
      '{"role":"tool","content":"42","at":"2026-01-01T00:00:00Z","id":"x","metadata":{"deep":true}}',
      good,
    ];
    const { messages, problems } = parseConversation(lines.join('\r\n'));
    expect(problems).toEqual([]);
    expect(messages).toEqual([
      {
        role: 'user',
        content: 'hi',
        metadata: { name: 'Ann', part: 1, tags: [{ a: null }], at: '1:56 pm on 8 May, 2023' },
      },
      {
        role: 'tool',
        content: '42',
        at: '2026-01-01T00:00:00Z',
        metadata: { at: '2026-01-01T00:00:00Z', id: 'x', metadata: { deep: true } },
      },
      { role: 'user', content: 'hi' },
    ]);
  });

  it('may have messages of OpenAI and Anthropic, and whole conversations', () => {
    const input = { city: 'Bergen' };
    const lines = [
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Bergen"}' } },
        ],
        at: '2026-01-01T00:00:00Z',
      },
      { role: 'tool', tool_call_id: 'c1', content: '7 °C', model: 'gpt' },
      {
        model: 'claude',
        system: 'Be brief.',
        messages: [
          { role: 'user', content: 'And Oslo?' },
          { role: 'assistant', content: [{ type: 'tool_use', id: 'c2', name: 'weather', input }] },
          {
            role: 'user',
            content: [
              { type: 'tool_result', tool_use_id: 'c2', content: '3 °C' },
              { type: 'text', text: 'Cold!' },
            ],
          },
        ],
      },
      {
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: 'c3', toolName: 'tides', input: null }],
      },
    ];
    const { messages, problems } = parseConversation(lines.map((line) => JSON.stringify(line)).join('\n'));
    const call = { type: 'tool-call', toolName: 'weather', input };
    const result = { type: 'tool-result', toolName: 'weather' };
    expect(problems).toEqual([]);
    expect(messages).toEqual([
      {
        role: 'assistant',
        content: [{ ...call, toolCallId: 'c1' }],
        at: '2026-01-01T00:00:00Z',
        metadata: { at: '2026-01-01T00:00:00Z' },
      },
      {
        role: 'tool',
        content: [{ ...result, toolCallId: 'c1', output: '7 °C' }],
        metadata: { model: 'gpt' },
      },
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'And Oslo?' },
      { role: 'assistant', content: [{ ...call, toolCallId: 'c2' }] },
      { role: 'tool', content: [{ ...result, toolCallId: 'c2', output: '3 °C' }] },
      {
        role: 'user',
        content: [{ type: 'text', text: 'Cold!' }],
        metadata: { anthropic: { continues: true } },
      },
      {
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: 'c3', toolName: 'tides', input: null }],
      },
    ]);
  });

  it('may have what a converter made: parts of a provider beside those that only the stored form has', () => {
    const content = [
      { type: 'redacted_thinking', data: 'a' },
      { type: 'tool-call', toolCallId: 'c1', toolName: 'a', input: {} },
    ];
    const marked = [
      { type: 'text', text: 'a', anthropic: { citations: [] } },
      { type: 'container_upload', file_id: 'f' },
    ];
    const lines = [content, marked].map((one) => JSON.stringify({ role: 'assistant', content: one }));
    expect(parseConversation(lines.join('\n')).messages).toEqual([
      { role: 'assistant', content },
      { role: 'assistant', content: marked },
    ]);
  });

  it('keeps fields called __proto__ like any other', () => {
    const line = '{"role":"user","content":"hi","__proto__":1,"deep":{"__proto__":{"a":1}}}';
    const { messages, problems } = parseConversation(line);
    expect(problems).toEqual([]);
    expect(JSON.stringify(messages[0]?.metadata)).toBe('{"__proto__":1,"deep":{"__proto__":{"a":1}}}');
  });

  it.each([
    ['{"role":"human","content":"hi"}', /^line 2: role: .*user.*; it is "human"$/],
    ['{"content":"hi"}', /^line 2: role is missing$/],
    ['{"role":"user"}', /^line 2: content is missing$/],
    [
      '{"messages":[{"role":"user","content":"a"},{"role":"user"}]}',
      /^line 2: messages\.1: content is missing$/,
    ],
    ['{"messages":["a"]}', /^line 2: messages\.0: must be a JSON object, not "a"$/],
    [
      '{"messages":[{"role":"u","content":[{"type":"thinking"}]}]}',
      /^line 2: messages\.0: role: .*it is "u"$/,
    ],
    ['{"role":"assistant","content":null,"tool_calls":[{"id":"c1"}]}', /^line 2: content: must be a text or/],
    ['{"role":"user","content":""}', /^line 2: content: .*; it is ""$/],
    ['{"role":"user","content":["hi"]}', /^line 2: content\.0: .*expected object.*; it is "hi"$/],
    ['{"role":"user",', /^line 2: not JSON \(/],
    ['[1]', /^line 2: must be a JSON object, not \[1\]$/],
    ['null', /^line 2: must be a JSON object, not null$/],
    ['{"role":"user","content":"\\ud800"}', /^line 2: content: has a lone surrogate/],
    [
      '{"role":"user","content":"hi","n":{"big":9007199254740993}}',
      /^line 2: n\.big: this number would come back as 9007199254740992/,
    ],
    ['{"role":"user","content":"hi","a":{"b":1,"b":2}}', /^line 2: a\.b: the key occurs twice/],
    [`{"role":"user","content":"hi","a":${'['.repeat(70)}${']'.repeat(70)}}`, /nested more than 64 deep/],
  ])('is refused for %s', (line, problem) => {
    const { problems } = parseConversation(`${good}\n${line}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  it('is refused for a message that is larger than an append may be', () => {
    const large = JSON.stringify({ role: 'user', content: 'é'.repeat(128 * 1024) });
    expect(parseConversation(large).problems).toEqual([
      'line 1: the message takes 262172 bytes as JSON; it may take 262016 (256 KiB, less its id and time)',
    ]);
    const largest = JSON.stringify({ role: 'user', content: 'x'.repeat(262_016 - 28) });
    expect(parseConversation(largest).problems).toEqual([]);
  });

  it('names every line that is wrong', () => {
    expect(parseConversation('x\n\n{}\n').problems).toEqual([
      expect.stringMatching(/^line 1: not JSON/),
      'line 3: role is missing',
      'line 3: content is missing',
    ]);
  });

  it.each(['', '\n \n'])('is refused when it holds no message: %j', (text) => {
    expect(parseConversation(text).problems).toEqual(['it holds no message']);
  });
});

describe('reading conversations', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'conversations-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (name: string, content: string | Uint8Array) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  it('gives a file the same ids every time, and other ones once it has changed', async () => {
    const path = await write('tea time.jsonl', `${good}\n${good}`);
    const first = await readConversation(path);
    expect(first.sessionId).toMatch(/^tea-time-[0-9a-f]{8}$/);
    expect(first.messages.map(({ id }) => id)).toEqual([
      expect.stringMatching(/^[0-9a-f]{8}-00001$/),
      expect.stringMatching(/^[0-9a-f]{8}-00002$/),
    ]);
    expect(await readConversation(path)).toEqual(first);
    await write('tea time.jsonl', `${good}\n${good}\n${good}`);
    expect((await readConversation(path)).sessionId).not.toBe(first.sessionId);
  });

  it('reads the .jsonl files of a folder, by name', async () => {
    await Promise.all([write('b.jsonl', good), write('a.jsonl', good), write('README.md', '')]);
    expect((await readConversations(folder)).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('says which file and line is at fault', async () => {
    const path = await write('bad.jsonl', `${good}\n{}`);
    await expect(readConversation(path)).rejects.toThrow(
      `${path} cannot be played: line 2: role is missing; line 2: content is missing. Each line must be`,
    );
  });

  it('says that there is no such file, that it is a folder, or that it is not UTF-8', async () => {
    await expect(readConversation(join(folder, 'none.jsonl'))).rejects.toThrow(/it cannot be read \(ENOENT/);
    await expect(readConversation(folder)).rejects.toThrow(/it cannot be read \(EISDIR/);
    const latin = await write('latin.jsonl', Uint8Array.of(0xe9, 0x0a));
    await expect(readConversation(latin)).rejects.toThrow('it is not UTF-8 text');
    await expect(readConversations(folder)).rejects.toThrow('it is not UTF-8 text');
  });

  it('says that a folder has no conversations', async () => {
    await expect(readConversations(folder)).rejects.toThrow('there is no .jsonl file in it');
  });
});
