import type { FauxqsQueue } from './fauxqs-internals.ts';

type ReceivedMessage = ReturnType<FauxqsQueue['dequeue']>[number];
type FifoMessage = Parameters<FauxqsQueue['enqueue']>[0];

/** A receive gives no more. */
const MAX_MESSAGES = 10;

/**
 * Makes a FIFO queue of fauxqs give what SQS gives: as many messages of a group as were asked for, in order, then those
 * of other groups. While any of them is in flight, its group gives no more. What becomes visible again keeps its place.
 *
 * Source: "FIFO queue delivery logic" in the developer guide of SQS.
 */
export function giveSeveralOfAGroup(queue: FauxqsQueue): void {
  keepPlaces(queue);
  const dequeueOneOfEachGroup = queue.dequeue.bind(queue);

  queue.dequeue = (maxCount, ...more) => {
    queue.processTimers();
    const received: ReceivedMessage[] = [];
    const inFlight = new Map<string, number>();
    // A message that is received for 0 seconds must not come again in the same receive.
    using _stopped = stopTimers(queue);
    while (received.length < Math.min(maxCount, MAX_MESSAGES)) {
      const [next] = dequeueOneOfEachGroup(1, ...more);
      if (!next) break;
      received.push(next);
      const group = queue.inflightMessages.get(next.ReceiptHandle)?.message.messageGroupId ?? '';
      inFlight.set(group, (inFlight.get(group) ?? 0) + 1);
      queue.fifoLockedGroups.delete(group);
    }
    for (const [group, count] of inFlight) queue.fifoLockedGroups.set(group, count);
    return received;
  };
}

function stopTimers(queue: FauxqsQueue): Disposable {
  const { processTimers } = queue;
  queue.processTimers = () => undefined;
  return {
    [Symbol.dispose]() {
      queue.processTimers = processTimers;
    },
  };
}

/** fauxqs puts each message that becomes visible again in front of its group, which turns several of them around. */
function keepPlaces(queue: FauxqsQueue): void {
  const enqueue = queue.enqueue.bind(queue);
  const dequeue = queue.dequeue.bind(queue);
  const processTimers = queue.processTimers.bind(queue);
  const changeVisibility = queue.changeVisibility.bind(queue);
  /** By first receive, which is in the order of the group. Whatever has no place was never received. */
  const places = new WeakMap<FifoMessage, number>();
  let lastPlace = 0;
  const placeOf = (message: FifoMessage) => places.get(message) ?? Number.MAX_SAFE_INTEGER;
  const restoreOrder = () => {
    for (const group of queue.fifoMessages.values()) group.sort((a, b) => placeOf(a) - placeOf(b));
  };

  queue.dequeue = (...options) => {
    const received = dequeue(...options);
    for (const { ReceiptHandle } of received) {
      const message = queue.inflightMessages.get(ReceiptHandle)?.message;
      if (message && !places.has(message)) places.set(message, ++lastPlace);
    }
    return received;
  };
  queue.enqueue = (message) => {
    // One that comes back from another queue goes to the end.
    places.delete(message);
    enqueue(message);
  };
  queue.processTimers = () => {
    processTimers();
    restoreOrder();
  };
  queue.changeVisibility = (receiptHandle, timeoutSeconds) => {
    changeVisibility(receiptHandle, timeoutSeconds);
    restoreOrder();
  };
}
