import { readFile } from 'node:fs/promises';
import { openApiDocument } from '../../lib/api/index.ts';
import manifest from '../../package.json' with { type: 'json' };
import { apiPage, operationsTable } from '../api-page/api-page.ts';
import { clientEvents } from '../client-views/client-events.ts';
import { clientViews } from '../client-views/client-views.ts';
import { eventJsonSchema, eventTables } from './event-tables.ts';
import { fillTables } from './fill-tables.ts';
import { limitsTable } from './limits-table.ts';
import { settingsTable } from './settings-table.ts';

/** The pages that have tables made from the code. */
export const pagesWithTables = ['README.md', 'docs/operations.md'];

/** Those that the code makes as a whole. */
const wholePages: Readonly<Record<string, () => string>> = {
  'docs/openapi.json': () => `${JSON.stringify(openApiDocument(manifest.version), undefined, 2)}\n`,
  'docs/api.md': () => apiPage(openApiDocument(manifest.version)),
  'lib/client/event-views.ts': clientEvents,
  'docs/events.schema.json': eventJsonSchema,
  'lib/client/views.ts': () => clientViews(openApiDocument(manifest.version)),
};

export const pages = [...pagesWithTables, 'docs/events.md', ...Object.keys(wholePages)];

const root = new URL('../../', import.meta.url);

/** A page as it stands, and as it should: with the tables that the code makes today. One that is not there is empty. */
export async function readPage(
  page: string,
): Promise<{ readonly file: URL; readonly is: string; readonly shouldBe: string }> {
  const file = new URL(page, root);
  const is = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return { file, is, shouldBe: wholePages[page]?.() ?? withTables(is) };
}

function withTables(page: string): string {
  const tables = {
    settings: settingsTable(),
    limits: limitsTable(),
    ...eventTables(),
    operations: operationsTable(openApiDocument(manifest.version), 'docs/api.md'),
  };
  return fillTables(page, tables);
}
