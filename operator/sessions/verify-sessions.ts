import {
  type DeadLetter,
  deadLetterKinds,
  lookAtLetters,
  MAX_LETTERS_PER_REPLAY,
} from '../../lib/dead-letters/index.ts';
import { parseLimits } from '../../lib/limits/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { type SessionReport, type VerifyContext, verifySession } from '../../lib/verify/index.ts';
import { storedLimits } from '../limits/index.ts';
import { queueSnapshot } from '../queues/index.ts';
import type { Target, Work } from '../target/index.ts';

/** What is wrong with sessions. */
export interface VerificationDocument {
  readonly stack: string;
  /** How many were looked at. */
  readonly sessions: number;
  readonly problems: number;
  readonly reports: readonly SessionReport[];
}

/**
 * Says what is wrong with a session, or with every one, of one tenant if that is given. Every one means reading the
 * whole table.
 */
export async function verifySessions(
  target: Target,
  which: SessionKey | { readonly tenant?: string | undefined },
  { signal, report }: Work,
): Promise<VerificationDocument> {
  const context = await prepare(target, signal);
  const keys = 'session' in which ? [which] : target.items.sessions(signal);
  const reports: SessionReport[] = [];
  for await (const key of keys) {
    if (which.tenant !== undefined && key.tenant !== which.tenant) continue;
    report?.({ text: `verifying ${key.tenant}/${key.session}; ${reports.length} are done` });
    reports.push(await verifySession(context, key, signal));
  }
  const problems = reports
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity === 'problem');
  return { stack: target.stackName, sessions: reports.length, problems: problems.length, reports };
}

async function prepare(target: Target, signal: AbortSignal): Promise<VerifyContext> {
  const { store, items, clock, random } = target;
  const deadLetters: DeadLetter[] = [];
  for (const kind of deadLetterKinds) {
    const look = { maxLetters: MAX_LETTERS_PER_REPLAY, signal };
    deadLetters.push(...(await lookAtLetters(target.deadLetters(kind), look)).letters);
  }
  const { values, problems, deployment } = await storedLimits(target, signal);
  // Limits that are not valid are not in effect; `limits list` and `doctor` say so.
  const limits = parseLimits(problems.length === 0 ? values : {});
  const commitQueue = await queueSnapshot(target, signal);
  const { maxReceiveCount } = deployment;
  return { store, items, clock, random, limits, maxReceiveCount, commitQueue, deadLetters };
}
