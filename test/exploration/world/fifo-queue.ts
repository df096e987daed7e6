import { BATCH_SIZE, type Delivery, QueueUnavailableError } from '../../../lib/queue/index.ts';

/** A FIFO queue whose messages are all of one group. */
export interface QueueState {
  readonly messages: readonly QueuedMessage[];
  /** Everything that was ever sent, once for each deduplication id. */
  readonly sent: readonly { readonly dedupId: string; readonly body: string }[];
  readonly dead: readonly QueuedMessage[];
}

export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly visibleAtMs: number;
  readonly receiveCount: number;
  /** It was a dead letter: who has sent it again. */
  readonly replay?: string;
}

export const emptyQueue: QueueState = { messages: [], sent: [], dead: [] };

/** How long a message stays invisible to others unless its consumer says otherwise: several runs of the function. */
const VISIBILITY_MS = 180_000;

export function sendMessage(
  queue: QueueState,
  { dedupId, body }: { readonly dedupId: string; readonly body: unknown },
  nowMs: number,
): QueueState {
  if (queue.sent.some((known) => known.dedupId === dedupId)) return queue;
  const sent = { dedupId, body: JSON.stringify(body) };
  const message = { messageId: dedupId, body: sent.body, visibleAtMs: nowMs, receiveCount: 0 };
  return { ...queue, messages: [...queue.messages, message], sent: [...queue.sent, sent] };
}

/** Sends a dead letter's body again, as an operator's replay does. */
export function resendMessage(
  queue: QueueState,
  { dedupId, body, replay }: { readonly dedupId: string; readonly body: unknown; readonly replay: string },
  nowMs: number,
): QueueState {
  const sent = sendMessage(queue, { dedupId, body }, nowMs);
  if (sent === queue) return queue;
  const messages = sent.messages.map((one) => (one.messageId === dedupId ? { ...one, replay } : one));
  return { ...sent, messages };
}

/**
 * The messages that a consumer would be given now, as many as it takes at once; with `isOrdered`, one that is out holds
 * back all behind it.
 */
export function nextMessages(
  { messages }: QueueState,
  nowMs: number,
  isOrdered: boolean,
): readonly QueuedMessage[] {
  const isVisible = ({ visibleAtMs }: QueuedMessage) => visibleAtMs <= nowMs;
  if (!isOrdered) return messages.filter(isVisible).slice(0, BATCH_SIZE);
  const end = messages.findIndex((message) => !isVisible(message));
  return messages.slice(0, end < 0 ? BATCH_SIZE : Math.min(end, BATCH_SIZE));
}

export function receiveMessage(
  queue: QueueState,
  message: QueuedMessage,
  nowMs: number,
): { readonly queue: QueueState; readonly delivery: Delivery } {
  const received = {
    ...message,
    receiveCount: message.receiveCount + 1,
    visibleAtMs: nowMs + VISIBILITY_MS,
  };
  const { messageId, body, receiveCount, replay } = received;
  const delivery = {
    messageId,
    body,
    receiveCount,
    receiptHandle: String(receiveCount),
    group: 'g',
    ...(replay !== undefined && { replay }),
  };
  return { queue: replace(queue, received), delivery };
}

/** Moves a message that was delivered too often to the dead letters. */
export function buryMessage(queue: QueueState, message: QueuedMessage): QueueState {
  const messages = queue.messages.filter(({ messageId }) => messageId !== message.messageId);
  return { ...queue, messages, dead: [...queue.dead, message] };
}

/** A message is gone, and nobody was told. */
export function removeMessage(queue: QueueState, index: number): QueueState {
  return { ...queue, messages: queue.messages.toSpliced(index, 1) };
}

/** Puts the dead letters back, as an operator's replay does. */
export function replayDead(queue: QueueState, nowMs: number): QueueState {
  const replayed = queue.dead.map((message) => ({
    ...message,
    visibleAtMs: nowMs,
    receiveCount: 0,
    replay: 'replayed',
  }));
  return { ...queue, messages: [...queue.messages, ...replayed], dead: [] };
}

export function makeVisible(queue: QueueState, messageId: string, atMs: number): QueueState {
  const message = queue.messages.find((one) => one.messageId === messageId);
  return message ? replace(queue, { ...message, visibleAtMs: atMs }) : queue;
}

/** @throws QueueUnavailableError for a receipt that a later delivery has replaced. */
export function setVisibility(queue: QueueState, delivery: Delivery, visibleAtMs: number): QueueState {
  requireReceipt(queue, delivery);
  return makeVisible(queue, delivery.messageId, visibleAtMs);
}

/** A receipt that a later delivery has replaced deletes nothing. */
export function acknowledge(queue: QueueState, delivery: Delivery): QueueState {
  const messages = queue.messages.filter((message) => !isReceipt(message, delivery));
  return { ...queue, messages };
}

export function deadLetter(queue: QueueState, { messageId, body }: Delivery): QueueState {
  const dead = { messageId: `${messageId}-dead`, body, visibleAtMs: 0, receiveCount: 0 };
  return { ...queue, dead: [...queue.dead, dead] };
}

/** One for all: errors are costly to make, and this one is met in every second schedule. */
const receiptExpired = new QueueUnavailableError(
  'setVisibility',
  new Error('the receipt handle has expired'),
);

function requireReceipt({ messages }: QueueState, delivery: Delivery): void {
  if (messages.some((message) => isReceipt(message, delivery))) return;
  throw receiptExpired;
}

function isReceipt(message: QueuedMessage, { messageId, receiptHandle }: Delivery): boolean {
  return message.messageId === messageId && String(message.receiveCount) === receiptHandle;
}

function replace(queue: QueueState, message: QueuedMessage): QueueState {
  const messages = queue.messages.map((one) => (one.messageId === message.messageId ? message : one));
  return { ...queue, messages };
}
