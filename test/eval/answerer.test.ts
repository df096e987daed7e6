import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { answererWith } from '../../eval/answerer.ts';

const found = { messages: [], either: [], tokens: 0, hits: [], memories: [] };
const question = { question: 'Where is the canoe?', answer: 'Behind the shed', evidence: [2] };

/** A server of chat completions that says one thing after another, and keeps what it was asked. */
async function modelServer(answers: readonly string[]) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const content = answers[asked.push(body) - 1];
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        id: '1',
        object: 'chat.completion',
        created: 1,
        model: 'small',
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      }),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    asked,
    url: `http://127.0.0.1:${port}/v1`,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

describe('answers of a language model', () => {
  it.each([
    ['Yes.', true],
    ['yes', true],
    ['No', false],
    ['', false],
  ])('are right if it judges them with %j: %s', async (verdict, isRight) => {
    await using server = await modelServer(['It is behind the shed.', verdict]);
    const answer = answererWith({ model: 'small', url: server.url, key: undefined });
    expect(await answer(question, found, new AbortController().signal)).toBe(isRight);
    expect(server.asked[0]).not.toContain('Behind the shed');
    expect(server.asked[1]).toContain('Behind the shed');
    expect(server.asked[1]).toContain('It is behind the shed.');
  });
});
