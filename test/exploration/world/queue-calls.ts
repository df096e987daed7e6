import type { Delivery } from '../../../lib/queue/index.ts';
import type { Call, Result } from '../actor/operation.ts';
import {
  acknowledge,
  deadLetter,
  type QueueState,
  resendMessage,
  sendMessage,
  setVisibility,
} from './fifo-queue.ts';
import type { State } from './state.ts';

/** Carries out a call to one of the queues. */
export function callQueue(
  state: State,
  port: 'commitQueue' | 'followUpQueue',
  call: Call,
): { readonly state: State; readonly result: Result } {
  try {
    const queue = changed(state[port], call, state.nowMs);
    return { state: { ...state, [port]: queue }, result: { kind: 'answer', value: undefined } };
  } catch (error) {
    return { state, result: { kind: 'failure', error: error as Error } };
  }
}

function changed(queue: QueueState, { method, args }: Call, nowMs: number): QueueState {
  const [first, second] = args;
  switch (method) {
    case 'send':
      return sendMessage(queue, first as { dedupId: string; body: unknown }, nowMs);
    case 'resend':
      return resendMessage(queue, first as { dedupId: string; body: unknown; replay: string }, nowMs);
    case 'setVisibility':
      return setVisibility(queue, first as Delivery, nowMs + Number(second));
    case 'acknowledge':
      return acknowledge(queue, first as Delivery);
    case 'deadLetter':
      return deadLetter(queue, first as Delivery);
    default:
      throw new TypeError(`A queue has no ${method}`);
  }
}
