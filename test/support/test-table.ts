import { dynaliteTable } from './dynalite-table.ts';
import { type TestTable, tableAt } from './table-at.ts';

/** Addresses of this machine: a test never writes anywhere else. */
const LOCAL_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * A table for the contract suites: on the server whose address is in `COMMITLANE_TEST_DYNAMODB`, such as
 * `http://127.0.0.1:8000`, or else on an emulated DynamoDB of its own.
 *
 * @throws Error when the address is not one of this machine.
 */
export async function testTable(): Promise<TestTable> {
  const endpoint = process.env['COMMITLANE_TEST_DYNAMODB'];
  if (endpoint === undefined || endpoint === '') return dynaliteTable();
  const url = URL.parse(endpoint);
  if (url?.protocol === 'http:' && LOCAL_HOSTS.includes(url.hostname)) return tableAt(endpoint);
  throw new Error(
    `COMMITLANE_TEST_DYNAMODB must be an address of this machine, such as http://127.0.0.1:8000, not '${endpoint}'.`,
  );
}
