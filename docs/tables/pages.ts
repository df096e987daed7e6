import { readFile } from 'node:fs/promises';
import { fillTables } from './fill-tables.ts';
import { limitsTable } from './limits-table.ts';
import { settingsTable } from './settings-table.ts';

/** The pages that have tables made from the code. */
export const pages = ['README.md', 'docs/operations.md'];

const root = new URL('../../', import.meta.url);

/** A page as it stands, and as it should: with the tables that the code makes today. */
export async function readPage(
  page: string,
): Promise<{ readonly file: URL; readonly is: string; readonly shouldBe: string }> {
  const file = new URL(page, root);
  const is = await readFile(file, 'utf8');
  const tables = { settings: settingsTable(), limits: limitsTable() };
  return { file, is, shouldBe: fillTables(is, tables) };
}
