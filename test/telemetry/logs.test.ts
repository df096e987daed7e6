import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../lib/store/index.ts';
import { eventLines } from '../../lib/telemetry/event-lines.ts';
import type { ReportedEvent } from '../../lib/telemetry/index.ts';
import { type CapturedOutput, capturedOutput } from './captured-output.ts';
import { everyEvent } from './every-event.ts';
import { testTelemetry } from './test-telemetry.ts';

const events: readonly ReportedEvent[] = Object.values(everyEvent);
const MARKER = 'what-somebody-wrote';

let output: CapturedOutput;
beforeEach(() => {
  output = capturedOutput();
});
afterEach(() => {
  output[Symbol.dispose]();
});

const reported = (event: ReportedEvent) => {
  testTelemetry().onEvent(event);
  const [line] = output.logged();
  return line;
};

describe('a line', () => {
  it('says when, how urgent, which event, and which function of which stage', () => {
    expect(reported(everyEvent['lease.lost'])).toMatchObject({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      level: 'WARN',
      event: 'lease.lost',
      function: 'commit',
      stage: 'test',
      lossCause: 'taken-over',
      heldMs: 700,
    });
  });

  it.each(events)('of $type shows every detail that it should', (event) => {
    const { shows } = eventLines[event.type as keyof typeof eventLines];
    const line = reported(event) ?? {};
    for (const name of shows as readonly string[]) {
      expect(line).toHaveProperty(name);
      if (name !== 'error') expect(line[name]).toEqual(event[name]);
    }
  });

  it('of an event that nobody has described shows its name alone', () => {
    const { at: _at, ...line } = reported({ type: 'new.event', detail: MARKER }) ?? {};
    expect(line).toEqual({ level: 'INFO', event: 'new.event', function: 'commit', stage: 'test' });
  });
});

describe('an error', () => {
  it('of ours is shown with its code, its words and its cause', () => {
    const cause = Object.assign(new Error('too fast'), { name: 'Throttling', $metadata: {} });
    const error = new StoreUnavailableError('seal', cause);
    expect(reported({ ...everyEvent['api.failed'], error })?.['error']).toEqual({
      name: 'StoreUnavailableError',
      code: 'store-unavailable',
      message: 'The session store failed at seal: Throttling: too fast',
      cause: { name: 'Throttling', message: 'too fast' },
    });
  });

  it('of somebody else is shown with the place where it was thrown, and without its words', () => {
    const line = reported({ ...everyEvent['api.failed'], error: new TypeError(MARKER) });
    expect(line).toMatchObject({ error: { name: 'TypeError' } });
    expect(line).toHaveProperty('error.stack.0', expect.stringContaining('logs.test.ts'));
    expect(output.text()).not.toContain(MARKER);
  });

  it('that causes itself does not go on for ever', () => {
    const error = new Error('a');
    error.cause = error;
    expect(reported({ ...everyEvent['api.failed'], error })).toHaveProperty('error.cause.cause.name');
  });
});

describe('what people wrote', () => {
  const message = { id: 'm1', role: 'user', content: MARKER, at: '2026-01-01T00:00:00Z' };
  const leaks = {
    messages: [message],
    message,
    content: MARKER,
    text: MARKER,
    body: JSON.stringify(message),
    summary: MARKER,
    memories: [{ key: 'name', text: MARKER }],
    reasons: [MARKER],
  };
  const errors = [
    parsing(`{"content": ${MARKER}}`),
    Object.assign(new Error(`the prompt was ${MARKER}`), {
      name: 'AI_APICallError',
      requestBodyValues: leaks,
    }),
    new StoreUnavailableError(
      'putRecord',
      Object.assign(parsing(MARKER), { message: 'refused', item: leaks }),
    ),
    new Error('outer', { cause: parsing(MARKER) }),
    MARKER,
  ];

  it.each(events)('is in no line of $type, whatever the event and its errors hold', (event) => {
    const telemetry = testTelemetry();
    for (const error of errors) telemetry.onEvent({ ...leaks, ...event, error });
    expect(output.logged()).toHaveLength(errors.length);
    expect(output.text()).not.toContain(MARKER);
  });
});

/** A parser quotes what it could not parse. */
function parsing(text: string): Error {
  try {
    JSON.parse(text);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error(`${text} could be parsed`);
}
