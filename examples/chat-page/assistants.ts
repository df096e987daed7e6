import { type CanonicalMessage, toOpenAiChat } from 'commitlane/messages';

/** Answers a conversation, a piece of text at a time. */
export type Assistant = (messages: readonly CanonicalMessage[], signal: AbortSignal) => AsyncIterable<string>;

/** A model behind the chat completions protocol. It is asked from here, so that the page needs no key of it. */
export function openAiAssistant(server: { url: string; model: string; key: string | undefined }): Assistant {
  return async function* (messages, signal) {
    const response = await fetch(`${server.url.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(server.key && { authorization: `Bearer ${server.key}` }),
      },
      body: JSON.stringify({ model: server.model, messages: toOpenAiChat(messages), stream: true }),
      signal,
    });
    if (!response.ok || !response.body) throw new Error(`The model's server answered ${response.status}.`);
    for await (const line of linesOf(response.body)) {
      const data = /^data: ?(.*)$/.exec(line)?.[1];
      if (data === '[DONE]') return;
      if (data) yield JSON.parse(data).choices[0]?.delta?.content ?? '';
    }
  };
}

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

const MS_PER_WORD = 25;

/** Stands in for a model where there is none: it says what it is told of the user, so that one sees what a model would know. */
export const cannedAssistant: Assistant = async function* (messages, signal) {
  for (const word of cannedAnswer(messages).split(/(?<= )/)) {
    yield word;
    await new Promise((resolve) => setTimeout(resolve, MS_PER_WORD));
    signal.throwIfAborted();
  }
};

/** What is remembered comes as lines of the first system message: `- The user … (category: key; said on …)`. */
export function cannedAnswer(messages: readonly CanonicalMessage[]): string {
  const [first] = messages;
  const known = first?.role === 'system' && typeof first.content === 'string' ? first.content : '';
  const memories = [...known.matchAll(/^- (.+) \([^()]+: [^()]+; said on [-\d]+\)$/gm)].map(
    ([, text = '']) => text,
  );
  if (memories.length > 0) {
    const [last, ...others] = memories.slice(0, 3).map(addressed).reverse();
    const all = others.length > 0 ? `${others.reverse().join(', that ')}, and that ${last}` : last;
    return `You told me that ${all}. I am only a canned assistant, but a model would be told so, too.`;
  }
  const isFirst = messages.filter(({ role }) => role === 'user').length < 2;
  return isFirst
    ? 'Hello! I do not know anything about you yet. Tell me something, such as “I live in Bergen” or “I prefer tea to coffee”, and press “Remember now”. Then begin a new conversation, and ask me what I know.'
    : 'Noted. Press “Remember now”, and once it is remembered, begin a new conversation: I will know it there.';
}

/** A sentence about the user, said to the user: `The user lives in Oslo.` → `you live in Oslo`. */
function addressed(memory: string): string {
  const sentence = memory.replace(/\.$/, '');
  const [, verb, rest] = /^The user (\S+)(.*)$/s.exec(sentence) ?? [];
  if (verb === undefined) return sentence.replace(/^The user's/, 'your');
  return `you ${secondPerson(verb)}${rest}`;
}

function secondPerson(verb: string): string {
  const irregular: Record<string, string> = { is: 'are', has: 'have', was: 'were', does: 'do', goes: 'go' };
  if (irregular[verb]) return irregular[verb];
  if (/ies$/.test(verb)) return verb.replace(/ies$/, 'y');
  if (/(ch|sh|ss|x|zz)es$/.test(verb)) return verb.replace(/es$/, '');
  return verb.replace(/([^s])s$/, '$1');
}
