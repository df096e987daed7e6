import createTableAction from 'dynalite/actions/createTable.js';
import describeTableAction from 'dynalite/actions/describeTable.js';
import type { Store, Table } from 'dynalite/db/index.js';
import createTableRequest from 'dynalite/validations/createTable.js';
import describeTableRequest from 'dynalite/validations/describeTable.js';
import validations from 'dynalite/validations/index.js';
import { z } from 'zod';
import type { Clock } from '../../../lib/clock/index.ts';
import { streamFields, streamSpecificationSchema } from './stream-specification.ts';
import { invalidRequest, tableError } from './table-error.ts';
import { type VectorIndex, vectorIndexesOf, vectorIndexesSchema } from './vector-indexes.ts';

/** No request may name an index so: names have no spaces. */
const HIDDEN = ' (vectors)';

/** The index of dynalite's that has the vectors: nobody can query it, and tables are described without it. */
export const hiddenIndexName = ({ IndexName }: Pick<VectorIndex, 'IndexName'>) => `${IndexName}${HIDDEN}`;

const named = z.object({ AttributeName: z.string() });
const indexSchema = z.looseObject({ IndexName: z.string() });
const createTableSchema = z.looseObject({
  TableName: z.string(),
  AttributeDefinitions: z.array(named.loose()),
  KeySchema: z.array(named.loose()).min(1),
  BillingMode: z.string().optional(),
  GlobalSecondaryIndexes: z.array(indexSchema).optional(),
  VectorIndexes: vectorIndexesSchema.default([]),
  StreamSpecification: streamSpecificationSchema.default({ StreamEnabled: false }),
});
type Request = z.output<typeof createTableSchema>;

/** Makes a table, as dynalite does; each vector index is an index of dynalite's with the vectors in it. @throws TableError */
export async function createTable(store: Store, body: unknown, { now }: Pick<Clock, 'now'>): Promise<object> {
  const parsed = createTableSchema.safeParse(body);
  if (!parsed.success) throw invalidRequest(parsed.error);
  const { VectorIndexes, StreamSpecification, GlobalSecondaryIndexes: others = [], ...request } = parsed.data;
  refuseWrongIndexes(parsed.data);
  const indexes = [...others, ...VectorIndexes.map((index) => toHidden(index, request))];
  const given = { ...request, ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }) };
  const checked = check(store, given, createTableRequest);
  // Their own names were checked, against those of the others, too.
  const all = z.array(indexSchema).parse(checked['GlobalSecondaryIndexes'] ?? []);
  const hidden = all.map((index, at) =>
    at < others.length ? index : { ...index, IndexName: hiddenIndexName(index) },
  );
  const made = {
    ...checked,
    ...(hidden.length > 0 && { GlobalSecondaryIndexes: hidden }),
    ...(VectorIndexes.length > 0 && { VectorIndexes }),
    ...streamFields(StreamSpecification, request.TableName, now()),
  };
  const { TableDescription = {} } = await act(store, createTableAction, made);
  return { TableDescription: visible(TableDescription) };
}

/** Describes a table as DynamoDB does. @throws TableError */
export async function describeTable(store: Store, body: unknown): Promise<object> {
  const { Table = {} } = await act(
    store,
    describeTableAction,
    check(store, z.looseObject({}).parse(body), describeTableRequest),
  );
  return { Table: visible(Table) };
}

function refuseWrongIndexes({ BillingMode, AttributeDefinitions, VectorIndexes }: Request): void {
  const refuse = (problem: string) =>
    tableError('ValidationException', `One or more parameter values were invalid: ${problem}`);
  const names = AttributeDefinitions.map(({ AttributeName }) => AttributeName);
  if (VectorIndexes.some(({ SearchSchema: [hash] }) => !names.includes(hash.AttributeName)))
    throw refuse('One element in SearchSchema is not defined in attribute definitions');
  if (VectorIndexes.length > 0 && BillingMode !== 'PAY_PER_REQUEST')
    throw refuse('Vector indexes are only supported on tables with BillingMode PAY_PER_REQUEST');
}

/** Sorted by the table's sort key: dynalite tells items of one partition apart by a hash of 24 bits else. */
function toHidden(
  { IndexName, SearchSchema: [hash], VectorAttribute, Projection }: VectorIndex,
  table: Pick<Request, 'KeySchema'>,
) {
  const { ProjectionType, NonKeyAttributes = [] } = Projection;
  const sort = table.KeySchema.at(-1)?.AttributeName;
  const included = [...new Set([VectorAttribute.AttributeName, ...NonKeyAttributes])];
  return {
    IndexName,
    KeySchema: [
      { AttributeName: hash.AttributeName, KeyType: 'HASH' },
      { AttributeName: sort, KeyType: 'RANGE' },
    ],
    Projection:
      ProjectionType === 'ALL'
        ? { ProjectionType }
        : { ProjectionType: 'INCLUDE', NonKeyAttributes: included },
  };
}

/** A table's description, without what dynalite needs to know of it. */
export function visible(table: Table): object {
  const { GlobalSecondaryIndexes, VectorIndexes: _, ...others } = table;
  const indexes = z
    .array(indexSchema)
    .parse(GlobalSecondaryIndexes ?? [])
    .filter(({ IndexName }) => !IndexName.endsWith(HIDDEN));
  const vectorIndexes = vectorIndexesOf(table).map((index) => ({
    ...index,
    IndexStatus: table['TableStatus'],
    IndexArn: `${String(table['TableArn'])}/index/${index.IndexName}`,
  }));
  return {
    ...others,
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    ...(vectorIndexes.length > 0 && { VectorIndexes: vectorIndexes }),
  };
}

function check(store: Store, request: object, { types, custom }: typeof createTableRequest) {
  const checked = validations.checkTypes(structuredClone(request), types);
  validations.checkValidations(checked, types, custom, store);
  return checked;
}

function act(store: Store, action: typeof createTableAction, request: object) {
  return new Promise<{ TableDescription?: Table; Table?: Table }>((resolve, reject) =>
    action(store, request, (error, result) => (error ? reject(error) : resolve(result ?? {}))),
  );
}
