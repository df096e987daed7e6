import type { SessionKey, SessionMeta } from '../session/index.ts';
import { SessionNotFoundError } from '../store/index.ts';
import { type ItemError, isItemError } from '../table/index.ts';
import { checkArchives } from './check-archives.ts';
import { checkCommits } from './check-commits.ts';
import { checkLog } from './check-log.ts';
import { checkPolicy } from './check-policy.ts';
import { checkSeal } from './check-seal.ts';
import { type Finding, finding, itemFinding } from './finding.ts';
import { orItemError } from './or-item-error.ts';
import type { VerifyContext } from './verify-context.ts';

export interface SessionReport {
  readonly key: SessionKey;
  readonly archives: number;
  readonly archivedMessages: number;
  readonly liveMessages: number;
  readonly findings: readonly Finding[];
}

/** A session that changes while it is read is read again, at most this often. */
const MAX_ATTEMPTS = 3;

/**
 * Walks a whole session and says what is not as it should be: log, seal, archives with their checksums, follow-ups,
 * commits, dead letters. It reads everything once, one chunk in memory at a time, and writes nothing.
 *
 * @throws SessionNotFoundError when nothing in the table is of such a session, and no dead letter names it;
 * StoreUnavailableError; the signal's reason.
 */
export async function verifySession(
  context: VerifyContext,
  key: SessionKey,
  signal: AbortSignal,
): Promise<SessionReport> {
  const { store } = context;
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    const meta = await orItemError(store.readMeta(key));
    if (!meta) return await verifyWithout(context, key);
    if (isItemError(meta)) return nothingOf(key, [itemFinding(meta), ...checkDeadLetters(context, key)]);
    const report = await readAndCheck(context, key, meta, signal);
    const after = await orItemError(store.readMeta(key));
    if (isAsItWas(meta, after) || report.findings.length === 0) return report;
    if (attempt < MAX_ATTEMPTS) continue;
    const busy = finding(
      'session-busy',
      `Commits changed the session during ${MAX_ATTEMPTS} attempts to read it.`,
    );
    return { ...report, findings: [...report.findings, busy] };
  }
}

function isAsItWas(
  { fence, committedThrough }: SessionMeta,
  after: SessionMeta | ItemError | undefined,
): boolean {
  return !isItemError(after) && after?.fence === fence && after.committedThrough === committedThrough;
}

async function readAndCheck(
  context: VerifyContext,
  key: SessionKey,
  meta: SessionMeta,
  signal: AbortSignal,
): Promise<SessionReport> {
  const { items, clock } = context;
  const log = await checkLog(items.entries(key), meta, clock.now());
  const archives = await checkArchives(context, key, meta, log.closed, signal);
  const commits = await checkCommits(context, items.commits(key), archives.archives);
  return {
    key,
    archives: archives.archives.size,
    archivedMessages: archives.messages,
    liveMessages: log.liveMessages,
    findings: [
      ...checkSeal(context, meta),
      ...checkPolicy(meta, log.liveMessages, clock.now()),
      ...log.findings,
      ...archives.findings,
      ...commits,
      ...checkDeadLetters(context, key),
    ],
  };
}

/** A session without META is deleted, never was, or has lost it. */
async function verifyWithout(context: VerifyContext, key: SessionKey): Promise<SessionReport> {
  const [deleted, items] = await Promise.all([
    orItemError(context.store.readDeleted(key)),
    context.store.listItems(key, { limit: 1 }),
  ]);
  const findings = checkDeadLetters(context, key);
  if (isItemError(deleted)) return nothingOf(key, [...findings, itemFinding(deleted)]);
  // What is still there for a day, or was written late and expires.
  if (deleted?.finishedAtMs !== undefined) return nothingOf(key, findings);
  // One that has lost META may have nothing left but its log, and so may one whose deletion was cut off.
  const item = items[0] ?? (await firstPosition(context, key, { closed: !deleted }));
  if (deleted && item !== undefined)
    findings.push(finding('session-leftovers', `The session is deleted, but has ${item}.`));
  else if (item !== undefined)
    findings.push(finding('session-missing', `The session has ${item}, but no META.`));
  else if (!deleted && findings.length === 0) throw new SessionNotFoundError(key);
  return nothingOf(key, findings);
}

/** Of a session that cannot be read, for want of META. */
function nothingOf(key: SessionKey, findings: readonly Finding[]): SessionReport {
  return { key, archives: 0, archivedMessages: 0, liveMessages: 0, findings };
}

/** @param wanted.closed also one that is closed, and expires. */
async function firstPosition(
  { items }: VerifyContext,
  key: SessionKey,
  wanted: { readonly closed: boolean },
): Promise<string | undefined> {
  for await (const { kind, position } of items.entries(key)) {
    const isClosed = kind === 'void' || kind === 'tombstone';
    if (wanted.closed || !isClosed) return `position ${position} of its log`;
  }
  return undefined;
}

function checkDeadLetters({ deadLetters }: VerifyContext, { tenant, session }: SessionKey): Finding[] {
  const own = deadLetters.filter(
    ({ content }) =>
      content.type !== 'unreadable' &&
      content.message.tenant === tenant &&
      content.message.session === session,
  );
  if (own.length === 0) return [];
  const ids = own.map(({ id }) => id).join(', ');
  return [
    finding(
      'dead-letters',
      `${own.length} of its messages ${own.length === 1 ? 'is a dead letter' : 'are dead letters'}: ${ids}.`,
    ),
  ];
}
