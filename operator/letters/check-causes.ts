import type { DeadLetterKind, ExplainedLetter } from '../../lib/dead-letters/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { type Check, type CheckResult, checkModel, checkTable, runCheck } from '../doctor/index.ts';
import { storedLimits } from '../limits/index.ts';
import { readQueue } from '../queues/index.ts';
import type { Target } from '../target/index.ts';
import { age, count } from '../words/index.ts';

/** Codes of reasons that are the model's, the store's and the lease's. */
const modelCodes = [
  'model-unavailable',
  'model-refused',
  'unusable-output',
  'step-timeout',
  'secret-unavailable',
];
const storeCodes = ['store-unavailable', 'memory-store-unavailable'];
const leaseCodes = ['lease-unavailable', 'lease-lost'];

const SUMMARY_LIMIT = 'followUp.summaryTimeoutMs';

/** The leases of more sessions are not looked at. */
const MAX_LEASES = 20;

/**
 * Asks whether what letters died of still stands: the queues that they go to, and, where letters died of it, the model,
 * the table, and the leases of their sessions. Each check is bounded by a minute.
 *
 * @param askModel a real model costs a little.
 * @throws the signal's reason.
 */
export async function checkCauses(
  target: Target,
  letters: readonly ExplainedLetter[],
  { askModel }: { readonly askModel: boolean },
  signal: AbortSignal,
): Promise<Check[]> {
  const diedOf = (codes: readonly string[]) =>
    letters.filter(({ reason }) => reason && codes.includes(reason.code));
  const kinds = [...new Set(letters.map(({ letter }) => letter.kind))];
  const ofModel = askModel ? diedOf(modelCodes) : [];
  const ofStore = diedOf(storeCodes);
  return Promise.all([
    ...kinds.map((kind) => runCheck(kind, signal, (bounded) => checkWay(target, kind, bounded))),
    ...(ofModel.length > 0 ? [checkOf(ofModel, () => modelCheck(target, ofModel, signal))] : []),
    ...(ofStore.length > 0
      ? [checkOf(ofStore, () => runCheck('table', signal, (bounded) => checkTable(target, bounded)))]
      : []),
    ...leaseChecks(target, diedOf(leaseCodes), signal),
  ]);
}

/** Whether the queue takes messages, and gives up those that fail again. */
async function checkWay(target: Target, kind: DeadLetterKind, signal: AbortSignal): Promise<CheckResult> {
  const { waiting, inFlight, givesUp } = await readQueue(target, kind, signal);
  const detail = `${waiting} waiting, ${inFlight} in flight`;
  if (givesUp) return { status: 'ok', detail };
  const whatToDo = 'Somebody changed its redrive policy: deploy again.';
  return {
    status: 'failed',
    detail: 'the queue does not move failed messages to its dead-letter queue',
    whatToDo,
  };
}

async function checkOf(letters: readonly ExplainedLetter[], check: () => Promise<Check>): Promise<Check> {
  const found = await check();
  if (found.status === 'ok') return found;
  const these = `${count(letters.length, 'letter')} failed because of it, and would fail again`;
  return { ...found, whatToDo: found.whatToDo ? `${these}. ${found.whatToDo}` : `${these}.` };
}

/** An answer that takes longer than the limits allow is none. */
async function modelCheck(
  target: Target,
  letters: readonly ExplainedLetter[],
  signal: AbortSignal,
): Promise<Check> {
  const timedOut = letters.some(({ reason }) => reason?.code === 'step-timeout');
  return runCheck('model', signal, async (bounded) => {
    const { result, tookMs } = await checkModel(target, bounded);
    if (!timedOut) return result;
    const { limits } = await storedLimits(target, bounded);
    const limitMs = limits.followUp.summaryTimeoutMs;
    if (tookMs <= limitMs) return result;
    return {
      status: 'failed',
      detail: `${result.detail}; ${SUMMARY_LIMIT} allows ${limitMs} ms`,
      whatToDo: `commitlane limits set ${SUMMARY_LIMIT}=… gives it more time.`,
    };
  });
}

function leaseChecks(
  target: Target,
  letters: readonly ExplainedLetter[],
  signal: AbortSignal,
): Promise<Check>[] {
  // Leases in Redis are not shown.
  if (target.outputs.LeaseStore !== 'dynamodb') return [];
  const keys = new Map<string, SessionKey>();
  for (const { letter } of letters) {
    if (letter.content.type !== 'commit') continue;
    const { tenant, session } = letter.content.message;
    keys.set(`${tenant}/${session}`, { tenant, session });
  }
  return [...keys]
    .slice(0, MAX_LEASES)
    .map(([name, key]) => runCheck(`lease ${name}`, signal, () => checkLease(target, key)));
}

async function checkLease({ items, clock }: Target, key: SessionKey): Promise<CheckResult> {
  const holder = await items.leaseHolder(key);
  const leftMs = (holder?.expiresAtMs ?? 0) - clock.now();
  if (!holder || leftMs <= 0) return { status: 'ok', detail: 'free' };
  return {
    status: 'warning',
    detail: `held by ${holder.owner} for ${age(leftMs)} more`,
    whatToDo: 'Wait until it is free: the commits of this session would be given back meanwhile.',
  };
}
