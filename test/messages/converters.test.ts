import { describe, expect, it } from 'vitest';
import {
  type CanonicalMessage,
  fromAiSdk,
  fromAnthropic,
  fromOpenAiChat,
  fromOpenAiResponses,
  toAiSdk,
  toAnthropic,
  toOpenAiChat,
  toOpenAiResponses,
} from '../../lib/messages/index.ts';
import { newMessageSchema } from '../../lib/session/index.ts';

const call = { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Bergen' } } as const;
const result = { type: 'tool-result', toolCallId: 'c1', toolName: 'weather', output: '7 °C' } as const;
const png = { type: 'file', mediaType: 'image/png', data: 'iVBORw==' } as const;

/** One conversation, as each of them writes it. */
const chat = [
  { role: 'system', content: 'Be brief.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'What will it be like here?' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==' } },
    ],
  },
  {
    role: 'assistant',
    content: null,
    tool_calls: [
      { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Bergen"}' } },
      { id: 'c2', type: 'function', function: { name: 'tides', arguments: '{}' } },
    ],
  },
  { role: 'tool', tool_call_id: 'c1', content: '7 °C' },
  { role: 'tool', tool_call_id: 'c2', content: 'out of service' },
  { role: 'assistant', content: 'Seven degrees.' },
];
const anthropic = {
  system: 'Be brief.',
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What will it be like here?' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw==' } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'tool_use', id: 'c1', name: 'weather', input: { city: 'Bergen' } },
        { type: 'tool_use', id: 'c2', name: 'tides', input: {} },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'c1', content: '7 °C' },
        { type: 'tool_result', tool_use_id: 'c2', content: 'out of service' },
      ],
    },
    { role: 'assistant', content: 'Seven degrees.' },
  ],
};
const responses = [
  { role: 'system', content: 'Be brief.' },
  {
    role: 'user',
    content: [
      { type: 'input_text', text: 'What will it be like here?' },
      { type: 'input_image', detail: 'auto', image_url: 'data:image/png;base64,iVBORw==' },
    ],
  },
  { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{"city":"Bergen"}' },
  { type: 'function_call', call_id: 'c2', name: 'tides', arguments: '{}' },
  { type: 'function_call_output', call_id: 'c1', output: '7 °C' },
  { type: 'function_call_output', call_id: 'c2', output: 'out of service' },
  { role: 'assistant', content: 'Seven degrees.' },
];
const aiSdk = [
  { role: 'system', content: 'Be brief.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'What will it be like here?' },
      { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'iVBORw==' } },
    ],
  },
  {
    role: 'assistant',
    content: [call, { type: 'tool-call', toolCallId: 'c2', toolName: 'tides', input: {} }],
  },
  {
    role: 'tool',
    content: [
      { ...result, output: { type: 'text', value: '7 °C' } },
      {
        type: 'tool-result',
        toolCallId: 'c2',
        toolName: 'tides',
        output: { type: 'text', value: 'out of service' },
      },
    ],
  },
  { role: 'assistant', content: 'Seven degrees.' },
];

/** The SDK joins messages of the tool that follow each other. */
function withResultsTogether(messages: readonly { role: string; content: unknown }[]): unknown[] {
  const joined: { role: string; content: unknown }[] = [];
  for (const { role, content } of messages) {
    const last = joined.at(-1);
    if (role === 'tool' && last?.role === 'tool') last.content = [last.content, content].flat();
    else joined.push({ role, content });
  }
  return joined;
}

describe('a conversation', () => {
  it.each([
    ['chat completions', fromOpenAiChat(chat)],
    ['responses', fromOpenAiResponses(responses)],
    ["Anthropic's", fromAnthropic(anthropic)],
    ['the AI SDK', fromAiSdk(aiSdk)],
  ])('of %s says the same in the words of the others', (_, messages) => {
    expect(toAnthropic(messages)).toEqual(anthropic);
    expect(toOpenAiResponses(messages)).toEqual(responses);
    expect(toOpenAiChat(messages)).toEqual(chat);
    expect(withResultsTogether(toAiSdk(messages))).toEqual(aiSdk);
  });

  it('is readable as it is stored', () => {
    expect(fromAnthropic(anthropic)).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'What will it be like here?' }, png] },
      { role: 'assistant', content: [call, { ...call, toolCallId: 'c2', toolName: 'tides', input: {} }] },
      {
        role: 'tool',
        content: [result, { ...result, toolCallId: 'c2', toolName: 'tides', output: 'out of service' }],
      },
      { role: 'assistant', content: 'Seven degrees.' },
    ]);
  });
});

describe('arguments of a call', () => {
  it.each([
    ['{"city":"Bergen"}', { input: { city: 'Bergen' } }],
    ['{"city": "Bergen"}', { input: { city: 'Bergen' }, rawInput: '{"city": "Bergen"}' }],
    ['{"city": "Ber', { input: '{"city": "Ber', rawInput: '{"city": "Ber' }],
    ['', { input: '', rawInput: '' }],
    ['{"id":9007199254740993}', { input: '{"id":9007199254740993}', rawInput: '{"id":9007199254740993}' }],
  ])('that are %j are kept byte for byte', (raw, expected) => {
    const tool_calls = [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: raw } }];
    const [message] = fromOpenAiChat([{ role: 'assistant', content: null, ...{ tool_calls } }]);
    expect(message?.content).toEqual([
      { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', ...expected },
    ]);
    expect(toOpenAiChat(message ? [message] : [])).toMatchObject([{ tool_calls }]);
    expect(toOpenAiResponses(message ? [message] : [])).toMatchObject([{ arguments: raw }]);
  });

  it('are not what came once the input has been changed', () => {
    const content = [{ ...call, input: { city: 'Oslo' }, rawInput: '{"city": "Bergen"}' }];
    expect(toOpenAiChat([{ role: 'assistant', content }])).toMatchObject([
      { tool_calls: [{ function: { arguments: '{"city":"Oslo"}' } }] },
    ]);
  });
});

describe('who said what', () => {
  it("stays apart where Anthropic puts it in one message: the tool's words, and the user's beside them", () => {
    const messages = fromAnthropic({
      messages: [
        { role: 'user', content: 'Go on.' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'weather', input: {} }] },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'c1', content: '7 °C', is_error: false },
            { type: 'text', text: 'And in Oslo?' },
          ],
        },
      ],
    });
    expect(messages.slice(2).map(({ role, content }) => ({ role, content }))).toEqual([
      { role: 'tool', content: [{ ...result, isError: false }] },
      { role: 'user', content: [{ type: 'text', text: 'And in Oslo?' }] },
    ]);
  });

  it('is said where a provider has no place for it', () => {
    const messages: CanonicalMessage[] = [
      { role: 'user', content: 'Hello' },
      { role: 'tool', content: 'disk is full', metadata: { name: 'watchdog' } },
      { role: 'system', content: 'Answer in German.' },
    ];
    expect(toAnthropic(messages).messages).toEqual([
      { role: 'user', content: 'Hello' },
      { role: 'user', content: [{ type: 'text', text: '[tool watchdog] disk is full' }] },
      { role: 'user', content: '[system] Answer in German.' },
    ]);
  });

  it('is a name of a person, too', () => {
    const named = [{ role: 'user', name: 'Ewa', content: 'Good morning' }];
    expect(fromOpenAiChat(named)).toEqual([
      { role: 'user', content: 'Good morning', metadata: { name: 'Ewa' } },
    ]);
    expect(toOpenAiChat([{ role: 'user', content: 'Hi', metadata: { name: 'Ewa <Lind>' } }])).toEqual([
      { role: 'user', name: 'Ewa__Lind_', content: 'Hi' },
    ]);
  });
});

describe('what cannot stand as it is', () => {
  const texts = (messages: readonly CanonicalMessage[]) =>
    toOpenAiChat(messages).map(({ role, content }) => [role, content]);

  it('is a call that nobody answered before somebody else spoke', () => {
    expect(
      texts([
        { role: 'assistant', content: [call] },
        { role: 'user', content: 'Never mind' },
      ]),
    ).toEqual([
      ['assistant', [{ type: 'text', text: '[call c1 of weather: {"city":"Bergen"}]' }]],
      ['user', 'Never mind'],
    ]);
  });

  it('is not a call that may still be answered', () => {
    const open = [{ role: 'assistant', content: [call, { ...call, toolCallId: 'c2' }] } as const];
    expect(toOpenAiChat(open)).toMatchObject([{ tool_calls: [{ id: 'c1' }, { id: 'c2' }] }]);
    expect(toOpenAiChat([...open, { role: 'tool', content: [result] }])).toMatchObject([
      { tool_calls: [{ id: 'c1' }, { id: 'c2' }] },
      { role: 'tool', tool_call_id: 'c1' },
    ]);
  });

  it('is a result without its call', () => {
    expect(texts([{ role: 'tool', content: [{ ...result, isError: true, output: { code: 7 } }] }])).toEqual([
      ['user', [{ type: 'text', text: '[error of weather, call c1] {"code":7}' }]],
    ]);
  });

  it('is a result that comes late: it moves to its call', () => {
    expect(
      toAnthropic([
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: [call] },
        { role: 'user', content: 'Are you there?' },
        { role: 'tool', content: [result] },
      ]).messages.slice(2),
    ).toEqual([
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: '7 °C' }] },
      { role: 'user', content: 'Are you there?' },
    ]);
  });

  it('is a file of a type that the provider does not read, or reasoning of another', () => {
    const bytes = Buffer.alloc(130_400).toString('base64');
    const content = [
      { type: 'reasoning', text: 'The map is in the bag.' },
      { type: 'file', mediaType: 'video/mp4', data: bytes, name: 'walk.mp4' },
      { type: 'refusal', refusal: 'No.' },
    ] as const;
    expect(
      toAnthropic([
        { role: 'user', content: 'a' },
        { role: 'assistant', content },
      ]).messages[1],
    ).toEqual({
      role: 'assistant',
      content: [
        { type: 'text', text: '[reasoning] The map is in the bag.' },
        { type: 'text', text: '[video/mp4, 130 KB, walk.mp4]' },
        { type: 'text', text: '[refusal: {"refusal":"No."}]' },
      ],
    });
  });

  it('is an address where the AI SDK expects bytes: it goes as an address', () => {
    const part = {
      type: 'file',
      mediaType: 'image/png',
      data: { type: 'data', data: 'https://a.example/b' },
    };
    const [stored] = fromAiSdk([{ role: 'user', content: [part] }]);
    expect(stored?.content).toMatchObject([{ type: 'file', url: 'https://a.example/b' }]);
    expect(stored && toAiSdk([stored])).toMatchObject([
      { content: [{ type: 'file', data: { type: 'url', url: new URL('https://a.example/b') } }] },
    ]);
  });

  it('is an empty text beside the results of Anthropic: it is stored as what the user said', () => {
    const use = { type: 'tool_use', id: 'c1', name: 'weather', input: {} } as const;
    const messages = [
      { role: 'assistant' as const, content: [use] },
      {
        role: 'user' as const,
        content: [
          { type: 'tool_result' as const, tool_use_id: 'c1', content: 'Rain.' },
          { type: 'text' as const, text: '' },
        ],
      },
    ];
    const stored = fromAnthropic({ messages });
    for (const message of stored) expect(newMessageSchema.safeParse(message).error).toBeUndefined();
    expect(stored.map(({ role }) => role)).toEqual(['assistant', 'tool', 'user']);
  });

  it('is an id that is there twice, or has characters that the provider refuses', () => {
    const strange = { toolCallId: 'functions.weather:0' };
    const turn: CanonicalMessage[] = [
      { role: 'assistant', content: [{ ...call, ...strange }] },
      { role: 'tool', content: [{ ...result, ...strange }] },
    ];
    const { messages } = toAnthropic([{ role: 'user', content: 'a' }, ...turn, ...turn]);
    expect(messages.slice(1)).toMatchObject([
      { content: [{ id: 'functions_weather_0' }] },
      { content: [{ tool_use_id: 'functions_weather_0' }] },
      { content: [{ id: 'functions_weather_0_2' }] },
      { content: [{ tool_use_id: 'functions_weather_0_2' }] },
    ]);
    expect(toOpenAiChat([...turn, ...turn])).toMatchObject([
      { tool_calls: [{ id: 'functions.weather:0' }] },
      { tool_call_id: 'functions.weather:0' },
      { tool_calls: [{ id: 'functions.weather:0' }] },
      { tool_call_id: 'functions.weather:0' },
    ]);
  });

  it('is the name of a tool that a result did not know: its call tells it', () => {
    const [answer] = fromOpenAiChat([{ role: 'tool', content: '7 °C', ...{ tool_call_id: 'c1' } }]);
    const messages = [{ role: 'assistant', content: [call] } as const, ...(answer ? [answer] : [])];
    expect(toAiSdk(messages)[1]).toMatchObject({ content: [{ toolName: 'weather' }] });
  });
});
