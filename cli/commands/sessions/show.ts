import { toArchiveView, toCommitView } from '../../../lib/api/index.ts';
import type { CommitStatus, SessionKey, SessionMeta } from '../../../lib/session/index.ts';
import { readLive } from '../../../lib/session-log/index.ts';
import { SessionNotFoundError } from '../../../lib/store/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseName } from '../../command/parse-name.ts';
import { targetCommand } from '../../command/target-command.ts';
import { iso } from '../../display/iso.ts';
import { type SessionDocument, sessionLines } from '../../display/session-lines.ts';
import type { Parts } from '../../target/parts.ts';

/** The newest of each are shown. */
const SHOWN = 10;
const LIVE_PAGE = 1_000;

export function sessionsShow(cli: Cli) {
  return targetCommand(cli, {
    name: 'show',
    summary: 'show a session',
    details: 'What is live, who holds its lease, its newest commits and archives.',
    example: 'commitlane sessions show chat-42 --tenant acme --local',
  })
    .argument('<session>', 'the id of the session', parseName)
    .requiredOption('--tenant <tenant>', 'whose session it is', parseName)
    .action((session, { tenant, ...options }) =>
      onTarget(cli, options, async (target, parts) => {
        const document = await readSession(parts, { tenant, session }, target.outputs.LeaseStore);
        return { document, lines: (view) => sessionLines(view, document, cli.clock.now()) };
      }),
    );
}

async function readSession(parts: Parts, key: SessionKey, leaseStore: string): Promise<SessionDocument> {
  const { store, items } = parts;
  const meta = await store.readMeta(key);
  if (!meta) throw new SessionNotFoundError(key);
  const [live, lease, commits, archives] = await Promise.all([
    countLive(parts, key),
    leaseStore === 'dynamodb' ? items.leaseHolder(key) : undefined,
    newestCommits(items.commits(key)),
    store.readManifests(key, newestArchives(meta)),
  ]);
  const { scope, memoryCategories, createdAtMs, nextSeq, committedThrough, archiveCount, fence, sealed } =
    meta;
  return {
    ...key,
    scope,
    memoryCategories,
    createdAt: iso(createdAtMs),
    lastPosition: nextSeq - 1,
    committedThrough,
    archiveCount,
    fence,
    live,
    leaseStore,
    ...(sealed && { sealed: { ...sealed, sealedAt: iso(sealed.sealedAtMs) } }),
    ...(lease && { lease: { owner: lease.owner, expiresAt: iso(lease.expiresAtMs) } }),
    commits: commits.map((commit) => toCommitView(commit, parts.clock.now())),
    archives: archives.toReversed().map(toArchiveView),
  };
}

async function countLive(parts: Parts, key: SessionKey): Promise<SessionDocument['live']> {
  let messages = 0;
  let after = 0;
  for (;;) {
    const page = await readLive(parts, key, { after, limit: LIVE_PAGE });
    messages += page.messages.length;
    if (page.nextAfter === undefined) return { messages };
    after = page.nextAfter;
  }
}

async function newestCommits(commits: AsyncIterable<CommitStatus>): Promise<CommitStatus[]> {
  let newest: CommitStatus[] = [];
  for await (const commit of commits) {
    newest = [...newest, commit].toSorted((a, b) => b.requestedAtMs - a.requestedAtMs).slice(0, SHOWN);
  }
  return newest;
}

function newestArchives({ archiveCount }: SessionMeta): number[] {
  const size = Math.min(SHOWN, archiveCount);
  return Array.from({ length: size }, (_, index) => archiveCount - size + 1 + index);
}
