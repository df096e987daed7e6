import { describe, expect, it } from 'vitest';
import { commitlaneClient } from '../../lib/client/index.ts';
import type { Conversation } from '../../local/job/conversation/conversation.ts';
import type { CommitChange, JobReporter } from '../../local/job/run/job-reporter.ts';
import { runJob } from '../../local/job/run/run-job.ts';
import { StoppedError } from '../../terminal/index.ts';
import { conversationOf } from './conversations.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { silentReporter } from './silent-reporter.ts';
import { simulatedClock } from './simulated-clock.ts';

let runs = 0;

function run(
  api: FakeApi,
  conversations: readonly Conversation[],
  options: { reporter?: Partial<JobReporter>; signal?: AbortSignal } = {},
) {
  const clock = simulatedClock();
  const client = commitlaneClient({
    baseUrl: 'http://api.test',
    token: 'secret',
    fetch: api.fetch,
    clock,
  });
  runs += 1;
  return runJob(
    {
      client,
      clock,
      reporter: silentReporter(options.reporter),
      signal: options.signal ?? new AbortController().signal,
    },
    conversations,
    { runId: `run-${runs}` },
  );
}

const kindsOf = (problems: readonly { readonly kind: string }[]) => [
  ...new Set(problems.map(({ kind }) => kind)),
];

describe('a job', () => {
  it('leaves every message in exactly one archive, in order, and finds nothing wrong', async () => {
    const api = fakeApi();
    const conversations = [conversationOf('tea', 100), conversationOf('travel', 7), conversationOf('one', 1)];
    const result = await run(api, conversations);
    expect(result.problems).toEqual([]);
    expect(result.appended).toBe(108);
    for (const { conversation, stored } of result.sessions) {
      const archived = stored.archives.flatMap(({ messages }) => messages);
      expect(archived.map(({ id, content }) => ({ id, content }))).toEqual(
        conversation.messages.map(({ id, content }) => ({ id, content })),
      );
      expect(archived[0]?.metadata).toEqual({ speaker: { name: conversation.name, mood: ['calm', 0] } });
    }
    expect(result.memories).toMatchObject([{ scope: 'demo-user', memories: [{}, {}, {}] }]);
  });

  it('appends 1 to 3 messages at a time, each append with a key of its own', async () => {
    const api = fakeApi();
    const conversation = conversationOf('tea', 40);
    await run(api, [conversation]);
    const session = api.sessions.get(conversation.sessionId);
    const sizes = [...(session?.appends.values() ?? [])].map(({ messageIds }) => messageIds.length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(40);
    expect(new Set(sizes)).toEqual(new Set([1, 2, 3]));
  });

  it('asks for several commits while it goes on appending, and for some of them twice', async () => {
    const api = fakeApi();
    const conversation = conversationOf('tea', 100);
    const answers: { commitId: string; existing: boolean }[] = [];
    await run(api, [conversation], {
      reporter: { commitRequested: (_, commitId, existing) => answers.push({ commitId, existing }) },
    });
    const isCommit = (request: string) => /^POST .*\/commits/.test(request);
    const isAppend = (request: string) => /^POST .*\/messages/.test(request);
    const beforeLastAppend = api.requests.slice(0, api.requests.findLastIndex(isAppend));
    expect(beforeLastAppend.filter(isCommit).length).toBeGreaterThanOrEqual(2);
    expect(answers.some(({ existing }) => existing)).toBe(true);
    expect(new Set(answers.map(({ commitId }) => commitId)).size).toBeGreaterThanOrEqual(3);
  });

  it('reports each change of a commit, with the archive and its messages', async () => {
    const changes: CommitChange[] = [];
    await run(fakeApi(), [conversationOf('tea', 3)], {
      reporter: { commitChanged: (change) => changes.push(change) },
    });
    const ofFirst = changes.filter(({ commit }) => commit.commitId === changes[0]?.commit.commitId);
    expect(ofFirst.flatMap(({ news }) => news.map(({ event }) => event))).toEqual([
      'queued',
      'committing',
      'archived',
      'completed',
    ]);
    expect(ofFirst.at(-1)).toMatchObject({ commit: { state: 'completed', archive: 1 }, messageCount: 1 });
  });

  it('repeats nothing when answers are lost on the way', async () => {
    const times = new Map<string, number>();
    const api = fakeApi({
      intercept(request) {
        times.set(request, (times.get(request) ?? 0) + 1);
        const isFirstTry = (times.get(request) ?? 0) % 2 === 1;
        return isFirstTry && !request.startsWith('GET') ? 'drop' : undefined;
      },
    });
    const result = await run(api, [conversationOf('tea', 60)]);
    expect(result.problems).toEqual([]);
  });
});

describe('a job on data of an earlier run', () => {
  it('that was complete appends nothing, asks for no commit, and verifies', async () => {
    const api = fakeApi();
    const conversation = conversationOf('tea', 30);
    const first = await run(api, [conversation]);
    const requestsBefore = api.requests.length;
    const second = await run(api, [conversation]);
    expect(second).toMatchObject({ appended: 0, problems: [] });
    expect(second.sessions).toEqual(first.sessions);
    expect(second.commits.map(({ commit }) => commit.archive)).toEqual(
      second.sessions[0]?.stored.archives.map(({ archive }) => archive),
    );
    expect(api.requests.slice(requestsBefore).filter((request) => request.startsWith('POST'))).toEqual([]);
  });

  it('that was cut off anywhere appends what is missing, and nothing else', async () => {
    const conversation = conversationOf('tea', 30);
    const whole = fakeApi();
    await run(whole, [conversation]);
    for (let requests = 1; requests < whole.requests.length; requests += 1) {
      const stop = new AbortController();
      const api = fakeApi({
        intercept: (_, count) => {
          if (count === requests) stop.abort(new StoppedError());
          return undefined;
        },
      });
      await expect(run(api, [conversation], { signal: stop.signal })).rejects.toBeInstanceOf(StoppedError);
      const session = api.sessions.get(conversation.sessionId);
      const acknowledged = [...(session?.appends.values() ?? [])].flatMap(
        ({ messageIds }) => messageIds,
      ).length;
      const result = await run(api, [conversation]);
      expect(result.problems).toEqual([]);
      expect(result.appended).toBe(30 - acknowledged);
    }
  });

  it('plays a file that has changed since into a session of its own', async () => {
    const api = fakeApi();
    await run(api, [conversationOf('tea', 3)]);
    const result = await run(api, [conversationOf('tea', 4)]);
    expect(result).toMatchObject({ appended: 4, problems: [] });
    expect(api.sessions.size).toBe(2);
  });
});

describe('a job finds', () => {
  it('a message that a commit has lost', async () => {
    const api = fakeApi({ tamper: ({ messages }) => messages.splice(0, 1) });
    const { problems } = await run(api, [conversationOf('tea', 1)]);
    expect(kindsOf(problems)).toEqual(['wrong-count', 'lost']);
  });

  it.each(['queued', 'committing', 'archived'] as const)(
    'a commit that is stuck at %s, and does not wait for ever',
    async (stuckAt) => {
      const api = fakeApi({ stuckAt });
      const { problems } = await run(api, [conversationOf('tea', 9)]);
      expect(problems[0]).toEqual({ kind: 'stalled', message: 'Nothing has happened for 60 s.' });
      expect(
        problems.some(({ kind, message }) => kind === 'commit' && message.includes(`is ${stuckAt}`)),
      ).toBe(true);
    },
  );

  it('a session that cannot be opened, and plays the others', async () => {
    const [tea, travel] = [conversationOf('tea', 5), conversationOf('travel', 5)];
    const refusal = { type: 'x', title: 'Forbidden', status: 403, code: 'no-access', detail: 'Not yours.' };
    const api = fakeApi({
      intercept: (request) =>
        request === `PUT /sessions/${tea.sessionId}` ? Response.json(refusal, { status: 403 }) : undefined,
    });
    const result = await run(api, [tea, travel]);
    expect(result.problems[0]).toMatchObject({ kind: 'failed', session: tea.sessionId });
    expect(result.problems[0]?.message).toContain(
      'createSession failed with 403 Forbidden (no-access): Not yours.',
    );
    expect(result.sessions).toMatchObject([{ conversation: { name: 'travel' } }]);
  });

  it('a repeated commit request that was taken for another one', async () => {
    const api = fakeApi();
    const conversation = conversationOf('tea', 1);
    let requests = 0;
    const forgetful: FakeApi = {
      ...api,
      fetch: (url, init) => {
        const headers = new Headers(init?.headers);
        requests += 1;
        if (String(url).endsWith('/commits')) headers.set('idempotency-key', `request-${requests}`);
        return api.fetch(url, { ...init, headers });
      },
    };
    const { problems } = await run(forgetful, [conversation]);
    expect(problems).toMatchObject([{ kind: 'commit', session: conversation.sessionId }]);
    expect(problems[0]?.message).toMatch(/sent twice with one key, made two: request-\d+ and request-\d+\.$/);
  });
});
