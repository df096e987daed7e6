import { requestExtractionBody } from '../../operations/request-extraction.ts';
import { pageQuerySchema } from '../../page.ts';
import {
  type ArchiveMessagesView,
  type ArchivesView,
  archiveMessagesViewSchema,
  archivesViewSchema,
  type ExtractionRequestView,
  type ExtractionView,
  extractionRequestViewSchema,
  extractionViewSchema,
} from '../../views/index.ts';
import type { ContractGroup } from '../contract.ts';

const archive = {
  archive: 1,
  from: 1,
  to: 1,
  messageCount: 1,
  bytes: 96,
  commitId: '01KE0000000000000000000000',
  sealedAt: '2026-01-01T12:00:00.500Z',
  followUp: 'completed',
  summary: 'User: I prefer tea to coffee.',
  summaryModel: 'offline:1',
} as const;
const extractionId = '01KE0000000000000000000001';

export const archiveContracts = {
  name: 'Archives',
  about:
    'An archive is immutable and numbered. A model writes its summary, and extracts memories from its messages.',
  contracts: {
    listArchives: {
      does: 'Returns a page of archives, each with its summary, oldest first',
      details: 'A page holds at most 100 archives.',
      query: pageQuerySchema,
      answers: { 200: { means: 'A page of archives.', view: archivesViewSchema } },
      problems: ['session-not-found'],
      example: { answer: { archives: [archive] } satisfies ArchivesView },
    },
    getArchive: {
      does: 'Returns an archive and a page of its messages',
      details: 'A page holds whole appends, and `limit` counts appends, not messages.',
      query: pageQuerySchema,
      answers: { 200: { means: 'The archive.', view: archiveMessagesViewSchema } },
      problems: ['archive-not-found'],
      example: {
        answer: {
          ...archive,
          messages: [
            {
              id: 'm1',
              role: 'user',
              content: 'I prefer tea to coffee.',
              at: '2026-01-01T12:00:00.000Z',
              position: 1,
            },
          ],
        } satisfies ArchiveMessagesView,
      },
    },
    requestExtraction: {
      does: "Extracts an archive's memories once more, and replaces what the archive said",
      details:
        'Today’s model, prompt and categories are used. With `dryRun`, what is found is only kept; with `apply`, what a dry run found is merged.',
      repeated: 'It asks the model again; an `apply` changes nothing twice.',
      body: { schema: requestExtractionBody, isRequired: false },
      answers: { 202: { means: 'It will be done.', view: extractionRequestViewSchema } },
      problems: ['archive-not-found', 'extraction-gone'],
      example: {
        body: { dryRun: true },
        answer: { archive: 1, extractionId, dryRun: true } satisfies ExtractionRequestView,
      },
    },
    getExtraction: {
      does: 'Returns the last extraction of an archive that was asked for, and what it would change',
      answers: { 200: { means: 'How far it is.', view: extractionViewSchema } },
      problems: ['session-not-found', 'archive-not-found'],
      example: {
        answer: {
          archive: 1,
          state: 'found',
          extractionId,
          at: '2026-01-03T12:00:00.000Z',
          model: 'bedrock:small',
          difference: {
            added: [{ category: 'preference', key: 'drink', text: 'Ann prefers tea to coffee.' }],
            changed: [],
            removed: [],
            unchanged: 0,
          },
        } satisfies ExtractionView,
      },
    },
  },
} as const satisfies ContractGroup;
