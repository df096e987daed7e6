/** Uses every entry as its documentation says, and prints what came of it. */
export const usesEntries = `
import { commitlaneClient, CommitlaneUsageError } from 'commitlane/client';
import { enqueueCommit, InvalidEnqueueError } from 'commitlane/enqueue';
import { fromOpenAiChat, toAnthropic } from 'commitlane/messages';
import { loadMessages } from 'commitlane/ai-sdk';
import { commitlaneSession } from 'commitlane/openai-agents';
import { CommitlaneChatMessageHistory } from 'commitlane/langchain';
import { commitlaneNodes } from 'commitlane/langgraph';
import { commitlaneStorage } from 'commitlane/strands';
import { SQSClient } from '@aws-sdk/client-sqs';

const client = commitlaneClient({ baseUrl: 'https://api.example.com', token: () => 'token' });
const messages = fromOpenAiChat([{ role: 'user', content: 'I prefer tea to coffee.' }]);
const sqs = new SQSClient({ region: 'eu-north-1' });
const refusal = await enqueueCommit({ client: sqs, queueUrl: 'https://sqs.example/q' }, { tenant: 'a b', session: 'c' })
  .catch((error) => error);
let usage;
try {
  commitlaneClient({ baseUrl: 'nonsense', token: 't' });
} catch (error) {
  usage = error;
}
const problem = { type: 'x', title: 'Not found', status: 404, code: 'session-not-found', detail: 'There is none.' };
const withoutSessions = commitlaneClient({
  baseUrl: 'https://api.example.com',
  token: 'token',
  fetch: async () => new Response(JSON.stringify(problem), {
    status: 404,
    headers: { 'content-type': 'application/problem+json' },
  }),
});
/** An API that has one session, once it was created. */
let live;
const withOneSession = commitlaneClient({
  baseUrl: 'https://api.example.com',
  token: 'token',
  fetch: async (url, { method, body }) => {
    const isNew = live === undefined;
    if (method === 'PUT') live = [];
    if (isNew && method !== 'PUT') return answer(404, { code: 'session-not-found', status: 404, title: '', detail: '', type: '' });
    if (method === 'POST') live = JSON.parse(body).messages.map((message) => ({ id: 'm1', position: 1, ...message }));
    return answer(200, { archiveCount: 0, live, messageIds: ['m1'] });
  },
});
const answer = (status, body) => new Response(JSON.stringify(body), {
  status,
  headers: { 'content-type': status === 200 ? 'application/json' : 'application/problem+json' },
});
const session = commitlaneSession({ client: withOneSession, sessionId: 'chat-42' });
await session.addItems([{ role: 'user', content: 'I prefer tea to coffee.' }]);
const history = new CommitlaneChatMessageHistory({ client: withOneSession, sessionId: 'chat-42' });
const config = { configurable: { thread_id: 'chat-42' } };
const { context } = await commitlaneNodes({ client: withOneSession }).loadContext({ messages: [], stored: [] }, config);
console.log(JSON.stringify({
  chat: await loadMessages(withoutSessions, 'new'),
  items: await session.getItems(),
  texts: (await history.getMessages()).map(({ text }) => text),
  context: context.map(({ text }) => text),
  agent: await commitlaneStorage(withoutSessions).loadSnapshot({
    location: { sessionId: 'new', scope: 'agent', scopeId: 'agent' },
  }),
  client: typeof client.append,
  usage: usage instanceof CommitlaneUsageError,
  anthropic: toAnthropic(messages).messages,
  refused: refusal instanceof InvalidEnqueueError,
}));
`;

/** A stack of somebody else, with Commitlane in it, and a worker that may enqueue commits. */
export const usesConstruct = `
import { App, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Commitlane } from 'commitlane/cdk';

const app = new App({ outdir: process.argv[2], analyticsReporting: false });
const stack = new Stack(app, 'shop');
const commitlane = new Commitlane(stack, 'Commitlane', {
  stage: 'shop',
  auth: { issuer: 'https://login.example', audience: 'chat' },
  extraction: 'extraction.json',
});
const worker = new Function(stack, 'Worker', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromInline('exports.handler = async () => {}'),
  environment: { COMMIT_QUEUE_URL: commitlane.commitQueue.queueUrl },
});
commitlane.grantEnqueue(worker);
const other = new Stack(app, 'other');
Commitlane.fromStackName(other, 'Chat', 'shop').grantCallApi(new Function(other, 'Caller', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromInline('exports.handler = async () => {}'),
}));
app.synth();
`;

/** What a browser's project writes in TypeScript. */
export const browserTypes = `
import { type CommitView, commitlaneClient, type NewMessage } from 'commitlane/client';
import { type CanonicalMessage, fromOpenAiChat, toAiSdk } from 'commitlane/messages';

const client = commitlaneClient({ baseUrl: location.origin, token: () => localStorage.getItem('token') ?? '' });
const said: CanonicalMessage[] = fromOpenAiChat([{ role: 'user', content: 'I prefer tea to coffee.' }]);
const messages: readonly NewMessage[] = said;
await client.append('chat-42', messages);
const { commitId } = await client.requestCommit('chat-42', { keepRecent: 2 });
for await (const commit of client.watchCommit('chat-42', commitId)) {
  const { state }: CommitView = commit;
  console.log(state);
}
export const ready = toAiSdk((await client.getContextMessages('chat-42')).messages);
// @ts-expect-error: there is no such option.
commitlaneClient({ baseUrl: '', token: '', timeout: 1 });
`;

/** What a back end and a CDK app write in TypeScript. */
export const serverTypes = `
import { SQSClient } from '@aws-sdk/client-sqs';
import { App, Stack } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Commitlane, type CommitlaneProps, type ICommitlane } from 'commitlane/cdk';
import { enqueueCommit, QueueUnavailableError } from 'commitlane/enqueue';

const queue = { client: new SQSClient(), queueUrl: process.env['COMMIT_QUEUE_URL'] ?? '' };
try {
  const { commitId } = await enqueueCommit(queue, { tenant: 'acme', session: 'chat-42', through: 7 });
  console.log(commitId.toUpperCase());
} catch (error) {
  if (error instanceof QueueUnavailableError && error.retry.retryable) console.log(error.retry.afterMs);
}
const props: CommitlaneProps = { auth: 'iam', stage: 'prod', redact: 'model' };
const stack = new Stack(new App(), 'shop');
const commitlane: ICommitlane = new Commitlane(stack, 'Commitlane', props);
export const queues: readonly IQueue[] = [commitlane.commitQueue, commitlane.followUpQueue];
export const name: string = commitlane.table.tableName;
// @ts-expect-error: how callers prove who they are has no default.
new Commitlane(stack, 'Other', {});
`;

/** What agents and chains write in TypeScript. */
export const agentTypes = `
import type { BaseListChatMessageHistory } from '@langchain/core/chat_history';
import { END, START, StateGraph } from '@langchain/langgraph';
import { Agent, run, type Session } from '@openai/agents';
import { commitlaneClient } from 'commitlane/client';
import { CommitlaneChatMessageHistory } from 'commitlane/langchain';
import { CommitlaneState, commitlaneNodes } from 'commitlane/langgraph';
import { commitlaneSession, HistoryNotReadableError } from 'commitlane/openai-agents';

const client = commitlaneClient({ baseUrl: 'https://api.example.com', token: 'token' });
const session: Session = commitlaneSession({ client, sessionId: 'chat-42', context: { tokenBudget: 8_000 } });
try {
  await run(new Agent({ name: 'Guide' }), 'Hello?', { session });
} catch (error) {
  if (error instanceof HistoryNotReadableError && error.retry.retryable) console.log(error.retry.afterMs);
}
export const history: BaseListChatMessageHistory = new CommitlaneChatMessageHistory({ client, sessionId: 'chat-42' });
const { loadContext, saveMessages } = commitlaneNodes({ client, settings: { scope: 'ann' } });
export const graph = new StateGraph(CommitlaneState)
  .addNode('load', loadContext)
  .addNode('save', saveMessages)
  .addEdge(START, 'load')
  .addEdge('load', 'save')
  .addEdge('save', END)
  .compile();
// @ts-expect-error: there is no such option.
commitlaneSession({ client, sessionId: 'chat-42', tokenBudget: 8_000 });
`;

/** Says something in one session, and prints what another session of the same user is given of it. */
export const remembers = `
import { commitlaneClient } from 'commitlane/client';

const [baseUrl, token] = process.argv.slice(2);
const client = commitlaneClient({ baseUrl, token });
await client.createSession('first');
await client.append('first', [{ role: 'user', content: 'I am allergic to hazelnuts.' }]);
const { commitId } = await client.requestCommit('first');
for await (const { state } of client.watchCommit('first', commitId)) if (state === 'dead-lettered') throw new Error(state);
await client.createSession('second');
const { memories } = await client.getContext('second', { query: 'Which cake may I have?' });
console.log(JSON.stringify(memories.map(({ text }) => text)));
`;
