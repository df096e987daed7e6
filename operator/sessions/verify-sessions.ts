import {
  type DeadLetter,
  deadLetterKinds,
  lookAtLetters,
  MAX_LETTERS_PER_REPLAY,
} from '../../lib/dead-letters/index.ts';
import type { ScopeKey } from '../../lib/memory/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import {
  type ScopeReport,
  type SessionReport,
  type VerifyContext,
  verifyScope,
  verifySession,
} from '../../lib/verify/index.ts';
import { storedLimits } from '../limits/index.ts';
import { queueSnapshot } from '../queues/index.ts';
import type { Target, Work } from '../target/index.ts';

/** What is wrong with sessions and scopes. */
export interface VerificationDocument {
  readonly stack: string;
  /** How many were looked at. */
  readonly sessions: number;
  readonly scopes: number;
  readonly problems: number;
  /** Of sessions. */
  readonly reports: readonly SessionReport[];
  readonly scopeReports: readonly ScopeReport[];
}

type Key = SessionKey | ScopeKey;

/**
 * Says what is wrong with a session, or with a scope, or with all of them, of one tenant if that is given. All means
 * reading the whole table.
 */
export async function verifySessions(
  target: Target,
  which: Key | { readonly tenant?: string | undefined },
  { signal, report }: Work,
): Promise<VerificationDocument> {
  const context = await prepare(target, signal);
  const keys = isOne(which) ? [which] : target.items.everything(signal);
  const reports: SessionReport[] = [];
  const scopeReports: ScopeReport[] = [];
  for await (const key of keys) {
    if (which.tenant !== undefined && key.tenant !== which.tenant) continue;
    const done = reports.length + scopeReports.length;
    report?.({
      text: `verifying ${key.tenant}/${'session' in key ? key.session : key.scope}; ${done} are done`,
    });
    if ('session' in key) reports.push(await verifySession(context, key, signal));
    else scopeReports.push(await verifyScope(target.memoryItems, key, signal));
  }
  const problems = [...reports, ...scopeReports]
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity === 'problem');
  return {
    stack: target.stackName,
    ...{ sessions: reports.length, scopes: scopeReports.length, problems: problems.length },
    ...{ reports, scopeReports },
  };
}

function isOne(which: Key | { readonly tenant?: string | undefined }): which is Key {
  return 'session' in which || 'scope' in which;
}

async function prepare(target: Target, signal: AbortSignal): Promise<VerifyContext> {
  const { store, items, clock, random } = target;
  const deadLetters: DeadLetter[] = [];
  for (const kind of deadLetterKinds) {
    const look = { maxLetters: MAX_LETTERS_PER_REPLAY, signal };
    deadLetters.push(...(await lookAtLetters(target.deadLetters(kind), look)).letters);
  }
  const { limits, deployment } = await storedLimits(target, signal);
  const commitQueue = await queueSnapshot(target, signal);
  const { maxReceiveCount } = deployment;
  return { store, items, clock, random, limits, maxReceiveCount, commitQueue, deadLetters };
}
