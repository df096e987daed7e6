// An agent with a tool that remembers across runs: node agent.ts "I am allergic to hazelnuts. Which cakes do you have?"
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { commitlaneClient } from 'commitlane/client';
import { fromOpenAiChat, toOpenAiChat } from 'commitlane/messages';
import { type ChatMessage, cannedModel, type Model, openAiModel } from './models.ts';
import { callTool } from './tools.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'model-url': { type: 'string' }, model: { type: 'string' } },
});
const [question = 'Which cake may I have?'] = positionals;

/** More calls than this in one turn are a model that goes in circles. */
const MAX_STEPS = 8;

/** In a product: the API's address, and a token that your login gave the user. */
function access(): { apiUrl: string; token: string } {
  const { COMMITLANE_API: apiUrl, COMMITLANE_TOKEN: token } = process.env;
  if (apiUrl && token) return { apiUrl, token };
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  return JSON.parse(
    execFileSync('npx', ['commitlane', 'token', '--local', '--json'], { stdio: [...stdio] }).toString(),
  );
}

function chosenModel(): Model {
  const { 'model-url': url, model } = options;
  return url && model ? openAiModel({ url, model, key: process.env['AGENT_MODEL_KEY'] }) : cannedModel;
}

/** Says something to the agent, lets it call its tools until it has an answer, and returns that. */
async function turn(session: string, said: string): Promise<string> {
  const model = chosenModel();
  await append(session, { role: 'user', content: said });
  for (let step = 0; step < MAX_STEPS; step += 1) {
    // What is remembered, summaries, and the newest messages, with each call beside its result.
    const { messages } = await client.getContextMessages(session, { query: said, tokenBudget: 8_000 });
    const answer = await model(toOpenAiChat(messages));
    await append(session, answer);
    if (!answer.tool_calls?.length) return answer.content ?? '';
    for (const call of answer.tool_calls) {
      const result = callTool(call.function);
      process.stderr.write(`  ${call.function.name}(${call.function.arguments}) → ${result}\n`);
      await append(session, { role: 'tool', tool_call_id: call.id, content: result });
    }
  }
  throw new Error(`The agent had no answer after ${MAX_STEPS} steps.`);
}

/** Stores a message of the provider's form, calls and results included. */
async function append(session: string, message: ChatMessage): Promise<void> {
  await client.append(session, fromOpenAiChat([message]));
}

/** Has the conversation archived, and waits until it is remembered. */
async function remember(session: string): Promise<void> {
  const { commitId } = await client.requestCommit(session, { reason: 'the agent is done' });
  for await (const { state } of client.watchCommit(session, commitId))
    process.stderr.write(`  commit: ${state}\n`);
}

const { apiUrl: baseUrl, token } = access();
const client = commitlaneClient({ baseUrl, token });
const session = randomUUID();
await client.createSession(session, { title: question.slice(0, 200) });
process.stdout.write(`${await turn(session, question)}\n`);
await remember(session);
