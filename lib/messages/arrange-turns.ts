import type { CanonicalMessage, ContentPart, Role } from './content.ts';
import { describePart } from './describe-part.ts';
import { type FitOptions, fitCalls } from './fit-calls.ts';
import { isToolCallPart, isToolResultPart, partsOf } from './parts.ts';
import { saidByTool } from './said-by-tool.ts';

/** What one speaker says without a break. */
export interface Turn {
  readonly speaker: Role;
  /** Whether the parts are one text, which came as a string. */
  readonly isString: boolean;
  readonly parts: readonly ContentPart[];
  /** The message that the parts are of. */
  readonly message: CanonicalMessage;
}

export interface ArrangeOptions extends FitOptions {
  /** A result may stand anywhere after its call; otherwise it is moved to where its call is. */
  readonly mayResultsWait?: boolean;
  /** Parts that take no part in this: they stay in a message of the same role, where they are. */
  readonly isBeside?: (part: ContentPart, message: CanonicalMessage) => boolean;
}

interface Entry {
  readonly message: CanonicalMessage;
  readonly messageIndex: number;
  readonly part: ContentPart;
  readonly speaker: Role;
  readonly isBeside: boolean;
}
type Pairs = ReadonlyMap<Entry, Entry>;

/**
 * Messages in an order that every provider takes: a call is said by the assistant, its results follow at once, said
 * by the tool. What cannot stand so becomes a text that says what it is: a result without its call, a call that nobody
 * answered (unless nobody has spoken since), and what a tool said that is not a result.
 *
 * A result belongs to the latest call of its id that has none yet.
 */
export function arrangeTurns(messages: readonly CanonicalMessage[], options: ArrangeOptions): Turn[] {
  const entries = fitCalls(messages, options).flatMap((message, messageIndex) =>
    entriesOf(message, messageIndex, options),
  );
  const answers = pairUp(entries);
  const answered = new Map([...answers].map(([call, result]) => [result, call]));
  const lastRun = inRuns(entries).findLast((run) => run.some((entry) => isSpoken(entry, answered)));
  const isAwaited = new Set(lastRun);
  const place = (entry: Entry): Entry => {
    if (entry.isBeside || answers.has(entry) || answered.has(entry)) return entry;
    if (isToolCallPart(entry.part)) return isAwaited.has(entry) ? entry : asText(entry, 'assistant');
    return isToolResultPart(entry.part) ? asText(entry, 'user') : entry;
  };
  const placed = entries.map(place);
  return options.mayResultsWait ? inRuns(placed).map(toTurn) : withResultsMoved(placed, answers, answered);
}

function entriesOf(
  message: CanonicalMessage,
  messageIndex: number,
  { isBeside = () => false }: ArrangeOptions,
): Entry[] {
  return partsOf(message.content).map((part) => {
    const base = { message, messageIndex, part, isBeside: isBeside(part, message) };
    if (base.isBeside) return { ...base, speaker: message.role };
    if (isToolCallPart(part)) return { ...base, speaker: 'assistant' };
    if (isToolResultPart(part)) return { ...base, speaker: 'tool' };
    if (message.role !== 'tool') return { ...base, speaker: message.role };
    return { ...base, part: saidByTool(part, message), speaker: 'user' };
  });
}

function asText(entry: Entry, speaker: Role): Entry {
  return { ...entry, speaker, part: { type: 'text', text: describePart(entry.part) } };
}

/** Each call that has a result, with it. */
function pairUp(entries: readonly Entry[]): Pairs {
  const open = new Map<string, Entry[]>();
  const pairs = new Map<Entry, Entry>();
  for (const entry of entries) {
    if (entry.isBeside) continue;
    if (isToolCallPart(entry.part)) {
      const { toolCallId } = entry.part;
      open.set(toolCallId, [...(open.get(toolCallId) ?? []), entry]);
    } else if (isToolResultPart(entry.part)) {
      const call = open.get(entry.part.toolCallId)?.pop();
      if (call) pairs.set(call, entry);
    }
  }
  return pairs;
}

/** Whether somebody speaks here, so that calls before it are no longer waited for. */
function isSpoken(entry: Entry, answered: Pairs): boolean {
  return entry.isBeside ? entry.speaker !== 'tool' : !answered.has(entry);
}

/** Entries of one speaker that stand together: of one message, or of several that call tools together. */
function inRuns(entries: readonly Entry[]): Entry[][] {
  const runs: Entry[][] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    if (run && isSameTurn(run, entry)) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

function isSameTurn(run: readonly Entry[], entry: Entry): boolean {
  const last = run.at(-1);
  if (!last || last.speaker !== entry.speaker) return false;
  return last.messageIndex === entry.messageIndex || (entry.speaker === 'assistant' && run.some(isCall));
}

const isCall = ({ part, isBeside }: Entry) => isToolCallPart(part) && !isBeside;

function withResultsMoved(entries: readonly Entry[], answers: Pairs, answered: Pairs): Turn[] {
  const besideResults = entries.filter(({ isBeside, speaker }) => isBeside && speaker === 'tool');
  const moved = new Set<Entry>();
  const order = new Map(entries.map((entry, index) => [entry, index]));
  const at = (entry: Entry) => order.get(entry) ?? 0;

  function resultsOf(run: readonly Entry[]): Turn[] {
    const results = run.flatMap((entry) => answers.get(entry) ?? []);
    const indexes = new Set(results.map(({ messageIndex }) => messageIndex));
    const beside =
      results.length === 0
        ? []
        : besideResults.filter((entry) => indexes.has(entry.messageIndex) && !moved.has(entry));
    for (const entry of beside) moved.add(entry);
    return inRuns([...results, ...beside].sort((one, other) => at(one) - at(other))).map(toTurn);
  }

  return inRuns(entries).flatMap((run) => {
    const staying = run.filter((entry) => !answered.has(entry) && !moved.has(entry));
    return staying.length === 0 ? [] : [toTurn(staying), ...resultsOf(staying)];
  });
}

function toTurn(run: readonly Entry[]): Turn {
  const [first] = run;
  if (!first) throw new RangeError('a run has at least one entry');
  const { message, speaker } = first;
  const isString = typeof message.content === 'string' && speaker === message.role;
  return { speaker, isString, parts: run.map(({ part }) => part), message };
}
