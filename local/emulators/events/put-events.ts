import { z } from 'zod';
import { localAws } from '../../aws/index.ts';
import type { BusEvent } from '../../bus-events/index.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1024 * 1024;
/** What an entry's time counts for. */
const TIME_BYTES = 14;

const entrySchema = z.object({
  EventBusName: z.string().default('default'),
  Source: z.string().default(''),
  DetailType: z.string().default(''),
  Detail: z.string().optional(),
  Resources: z.array(z.string()).default([]),
  /** In seconds since the Unix epoch. */
  Time: z.number().optional(),
});
type Entry = z.output<typeof entrySchema>;

const putEventsSchema = z.object({ Entries: z.array(entrySchema).min(1).max(MAX_ENTRIES) });

interface PutEventsContext {
  readonly hasBus: (name: string) => boolean;
  readonly nowMs: number;
  /** Unique at every call. */
  readonly newId: () => string;
  readonly onEvent: (event: BusEvent) => void;
}

/** Why an entry is not taken, in EventBridge's words where they are known. */
interface Refusal {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/**
 * Takes those entries of a request that can be taken, in order, and says of each of the others why not.
 *
 * @returns the answer's body.
 * @throws ZodError for a request that is refused as a whole.
 */
export function putEvents(input: unknown, { hasBus, nowMs, newId, onEvent }: PutEventsContext): object {
  const { Entries } = putEventsSchema.check(z.refine(isSmall, TOO_LARGE)).parse(input);
  const answers = Entries.map((entry) => {
    const detail = parseDetail(entry.Detail);
    const refusal = refusalOf(entry, hasBus, detail);
    if (refusal || !detail) return refusal ?? malformed;
    const id = newId();
    onEvent(toEvent(entry, { detail, id, nowMs }));
    return { EventId: id };
  });
  const FailedEntryCount = answers.filter((answer) => 'ErrorCode' in answer).length;
  return { FailedEntryCount, Entries: answers };
}

const TOO_LARGE = `Total size of the entries in the request is over the limit of ${MAX_BYTES} bytes.`;

const isSmall = ({ Entries }: { readonly Entries: readonly Entry[] }) =>
  Entries.reduce((sum, entry) => sum + sizeOf(entry), 0) <= MAX_BYTES;

function sizeOf({ Source, DetailType, Detail = '', Resources, Time }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : TIME_BYTES);
}

function parseDetail(text = ''): Readonly<Record<string, unknown>> | undefined {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const malformed = { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };

function refusalOf(
  { EventBusName, Source, DetailType, Detail }: Entry,
  hasBus: PutEventsContext['hasBus'],
  detail: unknown,
): Refusal | undefined {
  if (Source === '') return missing('Source');
  if (DetailType === '') return missing('DetailType');
  if (Detail === undefined) return missing('Detail');
  if (detail === undefined) return malformed;
  if (Source.startsWith('aws.'))
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    };
  if (!hasBus(EventBusName))
    return {
      ErrorCode: 'ResourceNotFoundException',
      ErrorMessage: `Event bus ${EventBusName} does not exist.`,
    };
  return undefined;
}

const missing = (name: string): Refusal => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
});

function toEvent(
  { Source, DetailType, Resources, Time }: Entry,
  { detail, id, nowMs }: { readonly detail: BusEvent['detail']; readonly id: string; readonly nowMs: number },
): BusEvent {
  return {
    version: '0',
    id,
    'detail-type': DetailType,
    source: Source,
    account: localAws.accountId,
    time: new Date(Time === undefined ? nowMs : Time * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: localAws.region,
    resources: Resources,
    detail,
  };
}
