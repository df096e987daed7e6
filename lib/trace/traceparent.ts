import { z } from 'zod';

const MAX_LENGTH = 255;

/**
 * Where a message belongs in a trace, in the W3C's format. It is not checked here: work is never refused because its
 * trace cannot be continued.
 */
export const traceparentSchema = z.string().max(MAX_LENGTH);

export interface TraceParent {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits. */
  readonly spanId: string;
  /** The lowest bit says that the trace is sampled. */
  readonly flags: number;
}

/** Later versions may append fields; version ff is forbidden, and so are ids of zeros. */
const FORMAT = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** What a `traceparent` says; undefined when it is absent or not in the W3C's format. */
export function parseTraceparent(text: string | undefined): TraceParent | undefined {
  const [, version, traceId, spanId, flags, rest] = FORMAT.exec(text ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  if (version === '00' && rest !== undefined) return undefined;
  return { traceId, spanId, flags: Number.parseInt(flags, 16) };
}

export function formatTraceparent({ traceId, spanId, flags }: TraceParent): string {
  return `00-${traceId}-${spanId}-${flags.toString(16).padStart(2, '0')}`;
}
