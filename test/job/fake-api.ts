import type {
  AppendView,
  ArchiveView,
  CommitState,
  CommitView,
  MemoryView,
  NewMessage,
  SessionView,
  StoredMessage,
} from '../../lib/client/index.ts';

type Sent = Omit<StoredMessage, 'at' | 'position'> & Pick<NewMessage, 'at'>;
type Archive = ArchiveView & { messages: StoredMessage[] };
type Commit = { -readonly [K in keyof CommitView]: CommitView[K] };

interface FakeSession {
  readonly id: string;
  archives: Archive[];
  live: StoredMessage[];
  nextPosition: number;
  readonly appends: Map<string, AppendView>;
  /** By id, oldest first. */
  readonly commits: Map<string, Commit>;
}

export interface FakeApi {
  readonly fetch: typeof fetch;
  readonly sessions: Map<string, FakeSession>;
  /** Each request that was answered: method, path, and key if it had one. */
  readonly requests: string[];
}

export interface FakeBehaviour {
  /** Called with each archive before it is kept. */
  readonly tamper?: (archive: Archive, session: FakeSession) => void;
  /** Commits stop at this state. */
  readonly stuckAt?: CommitState;
  /** Answers a request (method, path, key) in place of the API; `drop` has it served, and loses the answer. */
  readonly intercept?: (request: string, count: number) => Response | 'drop' | undefined;
}

const SCOPE = 'demo-user';
const at = '2026-01-01T00:00:00.000Z';

/** The HTTP API as far as a client can tell: in memory, one step of a commit at each look at it. */
export function fakeApi(behaviour: FakeBehaviour = {}): FakeApi {
  const sessions = new Map<string, FakeSession>();
  const requests: string[] = [];
  const serve: typeof fetch = async (input, init = {}) => {
    init.signal?.throwIfAborted();
    const url = new URL(String(input));
    const key = new Headers(init.headers).get('idempotency-key') ?? undefined;
    const request = `${init.method} ${url.pathname}`;
    requests.push(key === undefined ? request : `${request} ${key}`);
    const intercepted = behaviour.intercept?.(requests.at(-1) ?? '', requests.length);
    if (intercepted instanceof Response) return intercepted;
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : {};
    const response = route(`${init.method}`, url, body, key);
    if (intercepted === 'drop') throw new TypeError('fetch failed');
    return response;
  };

  function route(method: string, url: URL, body: Record<string, never>, key?: string): Response {
    const [, kind, id = '', part, item] = url.pathname.split('/').map(decodeURIComponent);
    const after = Number(url.searchParams.get('after') ?? 0);
    if (kind === 'memories') return json(200, { scope: id, memories: memoriesOf([...sessions.values()]) });
    if (method === 'PUT') return create(id);
    const session = sessions.get(id);
    if (!session) return problem(404, 'session-not-found');
    if (method === 'GET') work(session, behaviour);
    if (method === 'GET' && !part) return json(200, sessionView(session));
    if (part === 'messages') return append(session, body['messages'] ?? [], key);
    if (method === 'POST' && part === 'commits') return requestCommit(session, body, key);
    if (part === 'commits') return look(session, item ?? '');
    if (part === 'archives' && item) return page(session, Number(item), after);
    const archives = session.archives
      .filter(({ archive }) => archive > after)
      .map(({ messages, ...rest }) => rest);
    return json(200, {
      archives: archives.slice(0, 2),
      ...(archives.length > 2 && { nextAfter: after + 2 }),
    });
  }

  function create(id: string): Response {
    const isNew = !sessions.has(id);
    const session = sessions.get(id) ?? {
      id,
      archives: [],
      live: [],
      nextPosition: 1,
      appends: new Map(),
      commits: new Map(),
    };
    sessions.set(id, session);
    return json(isNew ? 201 : 200, sessionView(session));
  }

  return { fetch: serve, sessions, requests };
}

function append(session: FakeSession, messages: Sent[], key: string = crypto.randomUUID()): Response {
  const known = session.appends.get(key);
  if (known) return json(200, { ...known, duplicate: true });
  const position = session.nextPosition;
  session.nextPosition += 1;
  session.live.push(...messages.map((message) => ({ ...message, at: message.at ?? at, position })));
  const messageIds = messages.map(({ id }) => id);
  const view = { position, messageIds, positions: messageIds.map(() => position), duplicate: false };
  session.appends.set(key, view);
  return json(201, view);
}

function requestCommit(session: FakeSession, body: { keepRecent?: number }, key?: string): Response {
  const through = session.nextPosition - 1;
  const { keepRecent = 0 } = body;
  const known = key === undefined ? findQueued(session, through, keepRecent) : session.commits.get(key);
  if (known) return json(202, { commitId: known.commitId, state: known.state, existing: true });
  const commitId = key ?? `commit-${session.id}-${session.commits.size + 1}`;
  const timeline = [{ at, event: 'queued' }];
  session.commits.set(commitId, {
    commitId,
    state: 'queued',
    through,
    keepRecent,
    requestedAt: at,
    timeline,
  });
  return json(202, { commitId, state: 'queued', existing: false });
}

function findQueued(session: FakeSession, through: number, keepRecent: number): Commit | undefined {
  return [...session.commits.values()].find(
    (commit) => isUnderWay(commit) && (commit.through ?? 0) >= through && commit.keepRecent <= keepRecent,
  );
}

function isUnderWay({ state }: Commit): boolean {
  return state === 'queued' || state === 'committing';
}

function look(session: FakeSession, commitId: string): Response {
  const commit = session.commits.get(commitId);
  return commit ? json(200, commit) : problem(404, 'commit-not-found');
}

/** Moves the oldest commit that is not in an archive yet, and the oldest whose follow-up is pending, by a step. */
function work(session: FakeSession, behaviour: FakeBehaviour): void {
  const commits = [...session.commits.values()];
  const next = [commits.find(({ state }) => state === 'archived'), commits.find(isUnderWay)];
  for (const commit of next) {
    if (commit && commit.state !== behaviour.stuckAt) advance(session, commit, behaviour);
  }
}

function advance(session: FakeSession, commit: Commit, behaviour: FakeBehaviour): void {
  if (commit.state === 'queued') enter(commit, 'committing');
  else if (commit.state === 'committing') seal(session, commit, behaviour);
  else if (commit.state === 'archived') followUp(session, commit);
}

function followUp({ archives }: FakeSession, commit: Commit): void {
  const archive = archives.find((candidate) => candidate.archive === commit.archive);
  if (archive?.followUp === 'pending') {
    Object.assign(archive, { followUp: 'completed', summary: `What archive ${archive.archive} says.` });
  }
  enter(commit, 'completed');
}

function seal(session: FakeSession, commit: Commit, behaviour: FakeBehaviour): void {
  const kept = session.live.slice(session.live.length - commit.keepRecent);
  const firstKept = commit.keepRecent > 0 ? (kept[0]?.position ?? 0) : Number.POSITIVE_INFINITY;
  const to = Math.min(commit.through ?? 0, firstKept - 1);
  const messages = session.live.filter(({ position }) => position <= to);
  if (messages.length === 0) {
    enter(commit, 'empty');
    return;
  }
  const archive: Archive = {
    archive: session.archives.length + 1,
    from: (session.archives.at(-1)?.to ?? 0) + 1,
    to,
    messageCount: messages.length,
    bytes: JSON.stringify(messages).length,
    commitId: commit.commitId,
    sealedAt: at,
    followUp: 'pending',
    messages,
  };
  session.live = session.live.filter(({ position }) => position > to);
  session.archives.push(archive);
  behaviour.tamper?.(archive, session);
  commit.archive = archive.archive;
  enter(commit, 'archived');
}

function enter(commit: Commit, state: CommitState): void {
  commit.state = state;
  commit.timeline = [...commit.timeline, { at, event: state }];
}

function sessionView({ id, archives, live, commits }: FakeSession): SessionView {
  const lastArchive = archives.at(-1);
  const runningCommit = [...commits.values()].find(isUnderWay);
  return {
    sessionId: id,
    scope: SCOPE,
    memoryCategories: ['profile'],
    createdAt: at,
    archiveCount: archives.length,
    live,
    ...(lastArchive && { lastArchive }),
    ...(runningCommit && { runningCommit }),
  };
}

/** Pages of one append, so that reading page by page is read page by page. */
function page({ archives }: FakeSession, number: number, after: number): Response {
  const archive = archives.find((candidate) => candidate.archive === number);
  if (!archive) return problem(404, 'archive-not-found');
  const rest = archive.messages.filter(({ position }) => position > after);
  const position = rest[0]?.position;
  const messages = rest.filter((message) => message.position === position);
  return json(200, { ...archive, messages, ...(messages.length < rest.length && { nextAfter: position }) });
}

function memoriesOf(sessions: readonly FakeSession[]): MemoryView[] {
  return sessions.flatMap(({ id, archives }) =>
    archives.slice(0, 1).map(({ archive }) => ({
      category: 'preference' as const,
      key: `taste-${id.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
      text: 'Prefers tea to coffee.',
      confidence: 0.9,
      firstSeenAt: at,
      lastSeenAt: at,
      by: { kind: 'archive' as const, session: id, archive, messageId: 'm', model: 'offline:extractive' },
    })),
  );
}

function json(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

function problem(status: number, code: string): Response {
  return json(status, {
    type: `urn:test:${code}`,
    title: 'Problem',
    status,
    code,
    detail: 'The fake refuses it.',
  });
}
