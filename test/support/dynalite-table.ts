import type { tableDefinition } from '../../lib/table/index.ts';
import { startTableEmulator } from '../../local/emulators/index.ts';
import { type TestTable, tableAt } from './table-at.ts';

/** A table on an emulated DynamoDB of its own. */
export async function dynaliteTable(
  definition: Parameters<typeof tableDefinition>[0] = {},
): Promise<TestTable> {
  await using resources = new AsyncDisposableStack();
  const { endpoint } = resources.use(await startTableEmulator({}));
  const table = resources.use(await tableAt(endpoint, definition));
  const running = resources.move();
  return { ...table, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
