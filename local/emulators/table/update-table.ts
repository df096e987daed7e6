import updateTableAction from 'dynalite/actions/updateTable.js';
import type { Store } from 'dynalite/db/index.js';
import validations from 'dynalite/validations/index.js';
import updateTableRequest from 'dynalite/validations/updateTable.js';
import { z } from 'zod';
import type { Clock } from '../../../lib/clock/index.ts';
import { visible } from './describe-table.ts';
import { streamFields, streamOf, streamSpecificationSchema } from './stream-specification.ts';
import { invalidRequest, tableError } from './table-error.ts';
import { tableOf } from './table-of.ts';

const streamRequestSchema = z.strictObject({
  TableName: z.string(),
  StreamSpecification: streamSpecificationSchema,
});

/** Gives a table a stream, or takes it away; anything else is for dynalite. @throws TableError */
export async function updateTable(store: Store, body: unknown, { now }: Pick<Clock, 'now'>): Promise<object> {
  const request = z.looseObject({}).parse(body);
  if (!('StreamSpecification' in request)) return updateOtherwise(store, request);
  const parsed = streamRequestSchema.safeParse(request);
  if (!parsed.success) throw invalidRequest(parsed.error);
  const { TableName, StreamSpecification } = parsed.data;
  using _held = await holdTable(store, TableName);
  const table = await tableOf(store, TableName);
  if (StreamSpecification.StreamEnabled === (streamOf(table) !== undefined))
    throw tableError(
      'ValidationException',
      `Table already has ${StreamSpecification.StreamEnabled ? 'an enabled' : 'a disabled'} stream: TableName: ${TableName}`,
    );
  const { StreamSpecification: _, ...others } = table;
  const updated = { ...others, ...streamFields(StreamSpecification, TableName, now()) };
  await new Promise<void>((resolve, reject) =>
    store.tableDb.put(TableName, updated, (error) => (error ? reject(error) : resolve())),
  );
  return { TableDescription: visible(updated) };
}

function updateOtherwise(store: Store, request: object): Promise<object> {
  const { types, custom } = updateTableRequest;
  const checked = validations.checkTypes(structuredClone(request), types);
  validations.checkValidations(checked, types, custom, store);
  return new Promise((resolve, reject) =>
    updateTableAction(store, checked, (error, result) =>
      error ? reject(error) : resolve({ TableDescription: visible(result?.TableDescription ?? {}) }),
    ),
  );
}

function holdTable({ tableDb }: Store, name: string): Promise<Disposable> {
  return new Promise((resolve) =>
    tableDb.lock(name, (release) => resolve({ [Symbol.dispose]: release(() => undefined) })),
  );
}
