import { statementName, subjectName, viewOf } from '../../../lib/memory/index.ts';
import { type CommitMessage, messageGroup } from '../../../lib/queue/index.ts';
import { appender } from '../roles/appender.ts';
import { replayedMessage } from '../roles/replayer.ts';
import { otherSession, scope, session, topic } from '../roles/session.ts';
import { applyChoice } from './apply-choice.ts';
import { type Choice, isFault } from './choice.ts';
import { choicesOf } from './choices-of.ts';
import { emptyStream, withWrites } from './event-stream.ts';
import { emptyQueue, sendMessage } from './fifo-queue.ts';
import { emptyLedger } from './ledger.ts';
import type { Machine } from './machine.ts';
import { operatorPlace, startAt, startFrontends } from './start-actors.ts';
import type { ActorState, Draft, State } from './state.ts';
import { emptyScope } from './stored-scope.ts';

/** Before anything happens: a session, perhaps with live messages and commits that wait; frontends about to begin. */
export function initialState(machine: Machine): State {
  const { places, scenario } = machine;
  const empty: State = {
    nowMs: 0,
    session: {
      meta: {
        scope,
        memoryCategories: ['entity'],
        ...(scenario.policy && { autoCommit: scenario.policy }),
        createdAtMs: 0,
        nextSeq: 1,
        appendedMessages: 0,
        appendedTokens: 0,
        committedThrough: 0,
        archiveCount: 0,
        fence: 0,
      },
      mark: undefined,
      log: new Map(),
      appendKeys: new Map(),
      manifests: new Map(),
      chunks: new Map(),
      commits: new Map(),
      embeddings: new Map(),
      closed: new Set(),
    },
    leases: new Map(),
    memories: emptyScope(),
    commitQueue: emptyQueue,
    followUpQueue: emptyQueue,
    actors: places.map((): ActorState => ({ runs: 0 })),
    strays: [],
    checkedAtMs: Number.NEGATIVE_INFINITY,
    faults: 0,
    lastFaultAtMs: 0,
    isClosing: false,
    ...(scenario.publishes && { stream: emptyStream }),
    ledger: emptyLedger,
  };
  const draft: Draft = { state: withLive(machine, empty), effects: [], nodes: [] };
  for (let count = 1; count <= scenario.queuedCommits; count += 1) {
    draft.state = withQueuedCommit(draft.state, `c${count}`, {
      keepRecent: scenario.keepRecent,
      ...(scenario.commitsOneEach && { through: count }),
    });
  }
  for (let index = 1; index <= (scenario.replayedCommits ?? 0); index += 1) {
    draft.state = withWrites(draft.state, withDeadCommit(draft.state, replayedMessage(index)));
  }
  if (scenario.hasOther) draft.state = withWrites(draft.state, withOther(draft.state));
  if (scenario.isCommitted) draft.state = withEnded(machine, draft.state, 'commit-worker');
  if (scenario.isFollowedUp || scenario.extractsAgain)
    draft.state = withEnded(machine, draft.state, 'follow-up-worker');
  if (scenario.extractsAgain) {
    const body = {
      ...session,
      archive: 1,
      commitId: 'c1',
      again: { id: 'again', mode: 'find-and-merge' } as const,
    };
    const message = { group: messageGroup(session), dedupId: 'again', body };
    draft.state = { ...draft.state, followUpQueue: sendMessage(draft.state.followUpQueue, message, 0) };
  }
  startFrontends(machine, draft);
  return draft.state;
}

/** Appends messages with nobody else there. */
function withLive(machine: Machine, state: State): State {
  const appends = Array.from({ length: machine.scenario.live }, (_, index) => ({
    contents: [`old${index + 1}`],
    repeatable: false,
  }));
  const draft: Draft = { state, effects: [], nodes: [] };
  const place = operatorPlace(machine);
  startAt(machine, draft, place, { input: 'live', program: appender(appends) });
  for (;;) {
    const [choice] = choicesOf(machine, draft.state);
    if (choice?.kind !== 'go') break;
    draft.state = applyChoice(machine, draft.state, choice).after;
  }
  return { ...draft.state, actors: draft.state.actors.with(place, { runs: 0 }) };
}

function withQueuedCommit(
  state: State,
  commitId: string,
  what: Pick<CommitMessage, 'keepRecent' | 'through'>,
): State {
  const body = { ...session, commitId, ...what, requestedAtMs: 0 };
  const message = { group: messageGroup(session), dedupId: commitId, body };
  return {
    ...state,
    commitQueue: sendMessage(state.commitQueue, message, 0),
    ledger: { ...state.ledger, promised: [...state.ledger.promised, commitId] },
  };
}

/** Its letter is in the hands of the replayer. */
function withDeadCommit(state: State, { commitId, keepRecent, requestedAtMs }: CommitMessage): State {
  const timeline = [
    { atMs: 0, event: 'queued' },
    { atMs: 0, event: 'dead-lettered', detail: 'why' },
  ];
  const status = { commitId, state: 'dead-lettered', keepRecent, requestedAtMs, timeline } as const;
  const commits = new Map(state.session.commits).set(commitId, status);
  return { ...state, session: { ...state.session, commits } };
}

/** Another session has said something of the topic. */
function withOther(state: State): State {
  const by = { kind: 'archive', session: otherSession, archive: 1, messageId: 'o', model: 'm' } as const;
  const statement = { ...topic, text: 'other', confidence: 1, saidAtMs: 0, by };
  const name = statementName(statement);
  const source = { session: otherSession, author: `${otherSession}#000001`, names: [name] };
  const view = viewOf(topic, [statement]);
  const memories = {
    ...state.memories,
    statements: new Map([[name, statement]]),
    memories: new Map(view && [[subjectName(topic), { ...view, revision: 'first' }]]),
    sources: new Map([[`${otherSession}#${source.author}`, source]]),
  };
  return { ...state, memories };
}

/** Does what is queued with nobody else there. */
function withEnded(machine: Machine, state: State, role: 'commit-worker' | 'follow-up-worker'): State {
  const isCommitting = ({ place }: Choice) => machine.places[place]?.role === role;
  let committed = state;
  for (;;) {
    const choice = choicesOf(machine, committed).find((one) => isCommitting(one) && !isFault(one));
    if (!choice) return committed;
    committed = applyChoice(machine, committed, choice).after;
  }
}
