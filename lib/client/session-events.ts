import { untilAborted } from '../clock/until-aborted.ts';
import type { ApiRequest } from './api-request.ts';
import { CommitlaneApiError, CommitlaneNetworkError } from './errors.ts';
import type { CommitEvent, MemoryEvent } from './event-views.ts';
import { exchange } from './exchange.ts';
import { requestUrl } from './request-url.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import { retryDelayMs } from './retry-delay.ts';
import { apiError, readText } from './send-request.ts';

export interface EventsOptions {
  /** Ends it; it then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** The `id` of the last event that is known, to go on behind it; what comes from now on unless given. */
  readonly lastEventId?: string;
}

/** The stack says something every 15 s at least. */
const SILENCE_MS = 45_000;

/**
 * Yields the events of a session as they come. Where the stream breaks, it is opened again behind the last event, after
 * waits as between other retries; it fails when that many tries in a row have brought nothing.
 *
 * @throws CommitlaneApiError, with the code `events-not-streamed` from a stack that streams none, as deployed ones;
 * CommitlaneNetworkError, CommitlaneUsageError, or the reason of an aborted signal.
 */
export async function* sessionEvents(
  options: ResolvedOptions,
  sessionId: string,
  { signal, lastEventId: after }: EventsOptions = {},
): AsyncGenerator<CommitEvent | MemoryEvent, void, undefined> {
  let lastEventId = after;
  for (let attempt = 1; ; attempt += 1) {
    const request = { operation: 'events', pathParameters: { sessionId }, lastEventId, signal } as const;
    try {
      for await (const block of blocks(options, request, attempt)) {
        attempt = 1;
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data === undefined) continue;
        const event = JSON.parse(data) as CommitEvent | MemoryEvent;
        lastEventId = event.id;
        yield event;
      }
      throw broken('the stream ended', attempt);
    } catch (error) {
      const delayMs = retryDelayMs(error, attempt, options);
      if (delayMs === undefined) throw error;
      await options.clock.sleep(delayMs, signal);
    }
  }
}

/** What stands between empty lines: events, and comments that only say that the stack is there. */
async function* blocks(
  options: ResolvedOptions,
  request: ApiRequest,
  attempt: number,
): AsyncGenerator<string, void, undefined> {
  const reader = await open(options, request, attempt);
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { value, done } = await nextChunk(reader, options, request, attempt);
      if (done) return;
      const parts = (text + decoder.decode(value, { stream: true })).split('\n\n');
      text = parts.pop() ?? '';
      // Which each stream begins with: it says nothing about whether it goes on.
      yield* parts.filter((part) => !part.startsWith('retry:'));
    }
  } finally {
    reader.cancel().catch(() => 'it has ended already');
  }
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function open(options: ResolvedOptions, request: ApiRequest, attempt: number): Promise<Reader> {
  const url = requestUrl(options.baseUrl, request);
  const answer = await exchange(options, request, url, attempt, async (response) =>
    response.ok && response.body ? response.body.getReader() : readText(response),
  );
  if ('read' in answer) return answer;
  const error = apiError(options, request, answer, attempt);
  // The gateway's own answer to a path that it does not know.
  throw error.code === 'http-404' ? notStreamed(error) : error;
}

const notStreamed = ({ problem }: CommitlaneApiError) =>
  new CommitlaneApiError(
    'events',
    {
      ...problem,
      code: 'events-not-streamed',
      detail: 'Only local stacks stream events. Use watchCommit, or the event bus.',
    },
    { retryAfterMs: 0, attempt: 1 },
  );

async function nextChunk(
  reader: Reader,
  { clock }: ResolvedOptions,
  { signal }: ApiRequest,
  attempt: number,
): Promise<Awaited<ReturnType<Reader['read']>>> {
  const over = new AbortController();
  const silence = clock.sleep(SILENCE_MS, over.signal).then(() => {
    throw broken('the stream was silent', attempt);
  });
  const read = reader.read().catch((cause: unknown) => {
    throw broken('the stream broke', attempt, cause);
  });
  try {
    return await untilAborted(Promise.race([read, silence]), signal ?? over.signal);
  } finally {
    over.abort();
  }
}

const broken = (explanation: string, attempt: number, cause?: unknown) =>
  new CommitlaneNetworkError('events', 'unreachable', { explanation, attempt, cause });
