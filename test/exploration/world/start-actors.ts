import type { Delivery } from '../../../lib/queue/index.ts';
import type { Program } from '../actor/program.ts';
import { appender } from '../roles/appender.ts';
import { checker } from '../roles/checker.ts';
import { commitWorker } from '../roles/commit-worker.ts';
import { deleter } from '../roles/deleter.ts';
import { editor } from '../roles/editor.ts';
import { embeddingWorker } from '../roles/embedding-worker.ts';
import { followUpWorker } from '../roles/follow-up-worker.ts';
import { maxReceiveCount as usualReceiveCount } from '../roles/limits.ts';
import { publisher } from '../roles/publisher.ts';
import { reader } from '../roles/reader.ts';
import { replayer } from '../roles/replayer.ts';
import { requester } from '../roles/requester.ts';
import { become } from './carry-out.ts';
import { emptyStream, readyChanges, takeChanges } from './event-stream.ts';
import { buryMessage, nextMessages, type QueuedMessage, receiveMessage } from './fifo-queue.ts';
import { enterDelivery } from './ledger.ts';
import type { Machine } from './machine.ts';
import type { Draft } from './state.ts';

/** Starts a program at a free place. */
export function startAt(
  machine: Machine,
  draft: Draft,
  place: number,
  { input, program }: { readonly input: string; readonly program: Program },
): void {
  const runs = (draft.state.actors[place]?.runs ?? 0) + 1;
  const name = `${machine.places[place]?.name}.${runs}`;
  const node = machine.actors.start({ name, input, program, atMs: draft.state.nowMs });
  become(machine, draft, place, { runs, node });
}

/** Starts the frontends; the workers wait for messages. */
export function startFrontends(machine: Machine, draft: Draft): void {
  const {
    appends,
    requestedCommits,
    keepRecent,
    requestPauseMs: pauseMs,
    replayedCommits = 0,
    erasesMemories = false,
    entries = [],
    embeddings = [],
  } = machine.scenario;
  const plans = [...appends];
  const toEmbed = [...embeddings];
  for (const [place, { role }] of machine.places.entries()) {
    if (role === 'appender')
      startAt(machine, draft, place, { input: '', program: appender(plans.shift() ?? []) });
    if (role === 'requester') {
      const keys = Array.from({ length: requestedCommits }, (_, index) =>
        index > 0 && pauseMs === undefined ? `k${index}` : undefined,
      );
      const options = { keepRecent, ...(pauseMs !== undefined && { pauseMs }) };
      startAt(machine, draft, place, { input: '', program: requester(keys, options) });
    }
    if (role === 'replayer')
      startAt(machine, draft, place, { input: '', program: replayer(replayedCommits) });
    if (role === 'deleter')
      startAt(machine, draft, place, { input: '', program: deleter({ memories: erasesMemories }) });
    if (role === 'editor') startAt(machine, draft, place, { input: '', program: editor(entries) });
    if (role === 'embedding-worker') {
      const planned = toEmbed.shift();
      if (planned) startAt(machine, draft, place, { input: '', program: embeddingWorker(planned) });
    }
    if (role === 'reader') startAt(machine, draft, place, { input: '', program: reader });
  }
}

/** Gives the next messages of its queue to a worker, or buries one that was delivered too often. */
export function startReceived(machine: Machine, draft: Draft, place: number): void {
  if (machine.places[place]?.role === 'publisher') {
    startPublishing(machine, draft, place);
    return;
  }
  const isCommit = machine.places[place]?.role === 'commit-worker';
  const queueName = isCommit ? 'commitQueue' : 'followUpQueue';
  const { isOrdered, maxReceiveCount = usualReceiveCount } = machine.scenario;
  const { [queueName]: queue, nowMs } = draft.state;
  const messages = nextMessages(queue, nowMs, isOrdered);
  if (messages.length === 0) throw new Error(`There is no message to take from the ${queueName}`);
  const spent = messages.find(({ receiveCount }) => receiveCount >= maxReceiveCount);
  if (spent) {
    draft.state = { ...draft.state, [queueName]: buryMessage(queue, spent) };
    return;
  }
  const deliveries = messages.map((message) => receive(draft, queueName, message));
  const invocation = { deliveries, maxReceiveCount };
  startAt(machine, draft, place, {
    input: JSON.stringify(deliveries),
    program: isCommit ? commitWorker(invocation) : followUpWorker(invocation),
  });
}

function receive(draft: Draft, queueName: 'commitQueue' | 'followUpQueue', message: QueuedMessage): Delivery {
  const { [queueName]: before, ledger, nowMs } = draft.state;
  const { queue, delivery } = receiveMessage(before, message, nowMs);
  draft.state = {
    ...draft.state,
    [queueName]: queue,
    ledger: enterDelivery(ledger, message.messageId, nowMs),
  };
  return delivery;
}

/** Gives what waits in the stream to the function that publishes it. */
function startPublishing(machine: Machine, draft: Draft, place: number): void {
  const { stream = emptyStream, nowMs } = draft.state;
  const changes = readyChanges(stream, nowMs);
  draft.state = { ...draft.state, stream: takeChanges(stream, nowMs) };
  startAt(machine, draft, place, { input: JSON.stringify(changes), program: publisher(changes) });
}

/** Begins a run of the schedule. */
export function startChecks(machine: Machine, draft: Draft, place: number): void {
  draft.state = { ...draft.state, checkedAtMs: draft.state.nowMs };
  startAt(machine, draft, place, { input: '', program: checker });
}

/** One more commit, as an operator asks for it when something was left behind. */
export function startClosing(machine: Machine, draft: Draft): void {
  startAt(machine, draft, operatorPlace(machine), { input: 'close', program: requester(['closing']) });
}

export function operatorPlace({ places }: Machine): number {
  return places.findIndex(({ role }) => role === 'operator');
}
