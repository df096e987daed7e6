import type { BusEvent } from './bus-event.ts';

/** Whether an event tells what became of a session's commits, or of a memory that was or is known from it. */
export function isEventOfSession(detail: BusEvent['detail'], session: string): boolean {
  return [detail['session'], sourceOf(detail['before']), sourceOf(detail['after'])].includes(session);
}

/** The session that a memory is known from. */
function sourceOf(state: unknown): unknown {
  return memberOf(memberOf(state, 'by'), 'session');
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
