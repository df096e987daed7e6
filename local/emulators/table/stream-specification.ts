import type { Table } from 'dynalite/db/index.js';
import { z } from 'zod';
import { arnOf } from '../../aws/index.ts';
import { tableError } from './table-error.ts';

const viewTypes = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] as const;

/** What a stream's records show of an item, besides its keys. */
export type StreamViewType = (typeof viewTypes)[number];

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html */
export const streamSpecificationSchema = z.object({
  StreamEnabled: z.boolean(),
  StreamViewType: z.enum(viewTypes).optional(),
});

type StreamSpecification = z.output<typeof streamSpecificationSchema>;

/** A table's stream, as its description has it. */
const streamSchema = z.object({
  StreamSpecification: z.object({ StreamEnabled: z.literal(true), StreamViewType: z.enum(viewTypes) }),
  LatestStreamArn: z.string(),
});

/**
 * What a specification adds to a table's description; nothing for a stream that is not wanted.
 *
 * @throws TableError, a ValidationException, for a stream without a view type, or the other way round.
 */
export function streamFields(
  { StreamEnabled, StreamViewType }: StreamSpecification,
  tableName: string,
  nowMs: number,
): object {
  if (StreamEnabled !== (StreamViewType !== undefined))
    throw tableError(
      'ValidationException',
      'One or more parameter values were invalid: StreamViewType goes with StreamEnabled true, and with nothing else',
    );
  if (!StreamEnabled) return {};
  const label = new Date(nowMs).toISOString().replace('Z', '');
  return {
    StreamSpecification: { StreamEnabled, StreamViewType },
    LatestStreamLabel: label,
    LatestStreamArn: arnOf('dynamodb', `table/${tableName}/stream/${label}`),
  };
}

/** The stream that a table has, if it has one. */
export function streamOf(
  table: Table,
): { readonly arn: string; readonly viewType: StreamViewType } | undefined {
  const { data } = streamSchema.safeParse(table);
  return data && { arn: data.LatestStreamArn, viewType: data.StreamSpecification.StreamViewType };
}
