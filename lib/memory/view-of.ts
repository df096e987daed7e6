import { byText } from './by-text.ts';
import type { EarlierMemory, Memory, Subject } from './memory.ts';
import { type Statement, statementName } from './statement.ts';

/** A memory as its statements make it, before it is stored. */
export type View = Omit<Memory, 'revision'>;

/**
 * The memory that statements of one subject make, in whichever order they come: what the newest statement says, which
 * may take back what was known, or say it again. What a person has entered stands against later statements of models until one of them
 * contradicts it openly, or takes it back.
 *
 * @returns undefined where there are none.
 */
export function viewOf(
  { category, key }: Subject,
  statements: readonly Statement[],
  earlier?: EarlierMemory,
): View | undefined {
  const all = inOrder(earlier ? [...statements, asStatement({ category, key }, earlier)] : statements);
  const [first] = all;
  const newest = all.at(-1);
  if (!first || !newest) return undefined;
  const person = all.findLast(({ by }) => by.kind === 'person');
  const decision = deciding(all, person) ?? newest;
  const { by, confidence, saidAtMs, text, carriedFrom } =
    (decision.restores && restoredBy(all, decision)) || decision;
  return {
    category,
    key,
    ...(!decision.retracts && text !== '' && { text }),
    confidence,
    firstSeenAtMs: earlier ? Math.min(first.saidAtMs, earlier.firstSeenAtMs) : first.saidAtMs,
    lastSeenAtMs: newest.saidAtMs,
    saidAtMs,
    by,
    ...(carriedFrom && { carriedFrom }),
    ...(person && { hasPerson: true }),
    ...(earlier && { earlier }),
  };
}

/**
 * The memory with one more statement, without looking at the others: what `viewOf` makes of all of them.
 *
 * @returns undefined where the others have to be looked at, because a person has made one.
 */
export function viewWith(view: View | undefined, statement: Statement): View | undefined {
  const alone = viewOf(statement, [statement]);
  if (!view || !alone) return alone;
  if (view.hasPerson || alone.hasPerson) return undefined;
  const { text: _, carriedFrom: __, ...rest } = view;
  const winner = byText(statementName(statement), statementName(view)) > 0 ? alone : view;
  return {
    ...rest,
    ...(winner.text !== undefined && { text: winner.text }),
    ...(winner.carriedFrom && { carriedFrom: winner.carriedFrom }),
    confidence: winner.confidence,
    saidAtMs: winner.saidAtMs,
    by: winner.by,
    firstSeenAtMs: Math.min(view.firstSeenAtMs, statement.saidAtMs),
    lastSeenAtMs: Math.max(view.lastSeenAtMs, statement.saidAtMs),
  };
}

function inOrder(statements: readonly Statement[]): Statement[] {
  return statements
    .map((statement) => ({ statement, name: statementName(statement) }))
    .sort((a, b) => byText(a.name, b.name))
    .map(({ statement }) => statement);
}

function deciding(all: readonly Statement[], person: Statement | undefined): Statement | undefined {
  const others = all.filter(({ by }) => by.kind !== 'person');
  if (!person) return others.at(-1);
  const isOpen = ({ saidAtMs, retracts, contradicts }: Statement) =>
    saidAtMs > person.saidAtMs && (retracts || contradicts);
  return others.some(isOpen) ? others.at(-1) : person;
}

/** What would hold if nothing had been taken back until then. */
function restoredBy(all: readonly Statement[], restoration: Statement): Statement | undefined {
  const asserted = all
    .slice(0, all.indexOf(restoration))
    .filter(({ retracts, restores }) => !retracts && !restores);
  return deciding(
    asserted,
    asserted.findLast(({ by }) => by.kind === 'person'),
  );
}

function asStatement(subject: Subject, { text, confidence, saidAtMs }: EarlierMemory): Statement {
  return { ...subject, text, confidence, saidAtMs, by: { kind: 'earlier' } };
}
