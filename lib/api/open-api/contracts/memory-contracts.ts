import { z } from 'zod';
import { editMemoryBody } from '../../operations/edit-memory.ts';
import { forgetMemoryQuery } from '../../operations/forget-memory.ts';
import { getMemoryQuery } from '../../operations/get-memory.ts';
import { listMemoriesQuery } from '../../operations/list-memories.ts';
import {
  type MemoriesView,
  type MemoryHistoryView,
  type MemoryView,
  memoriesViewSchema,
  memoryHistoryViewSchema,
  memoryHitsViewSchema,
  memoryViewSchema,
} from '../../views/index.ts';
import type { ContractGroup } from '../contract.ts';

const memory = {
  category: 'preference',
  key: 'drink',
  text: 'Ann prefers tea to coffee.',
  confidence: 1,
  firstSeenAt: '2026-01-01T12:00:00.000Z',
  lastSeenAt: '2026-01-02T12:00:00.000Z',
  by: { kind: 'person', who: 'ann' },
} satisfies MemoryView;

export const memoryContracts = {
  name: 'Memories',
  about:
    'A memory is what is known of one subject of a scope. What a person enters or takes back stands against later conversations, until one of them openly says otherwise.',
  contracts: {
    listMemories: {
      does: 'Returns a page of memories, each with who said so; with `q`, those that are nearest to a query',
      details:
        'Memories are listed by category and key; a page of them is at most 3 MB. What was taken back is never found. With an embedding model, memories are found by their meaning, too; answers that go on are by words.',
      query: listMemoriesQuery,
      answers: {
        200: {
          means: 'A page of memories; with `q`, what is near to the query.',
          view: z.union([memoriesViewSchema, memoryHitsViewSchema]),
        },
      },
      problems: [],
      example: {
        query: { category: 'preference' },
        answer: { scope: 'ann', memories: [memory] } satisfies MemoriesView,
      },
    },
    eraseMemories: {
      does: 'Erases all memories of a scope with their history, for good',
      repeated: 'It continues where the last one ended, and erases what was said meanwhile, too.',
      answers: { 204: { means: 'The memories are erased.' } },
      problems: [],
      example: {},
    },
    getMemory: {
      does: 'Returns a memory, also one that was taken back, and a page of what was said of it, the newest first',
      query: getMemoryQuery,
      answers: { 200: { means: 'The memory.', view: memoryHistoryViewSchema } },
      problems: ['memory-not-found'],
      example: {
        answer: {
          scope: 'ann',
          ...memory,
          statements: [
            {
              stance: 'asserts',
              text: 'Ann prefers tea to coffee.',
              confidence: 1,
              saidAt: '2026-01-02T12:00:00.000Z',
              by: { kind: 'person', who: 'ann' },
            },
          ],
        } satisfies MemoryHistoryView,
      },
    },
    editMemory: {
      does: 'Enters a memory, or corrects it',
      details:
        'The category must be one that the deployment has. If the key has another form, the 400 says which one would do.',
      repeated: 'It changes nothing.',
      body: { schema: editMemoryBody, isRequired: true },
      answers: { 200: { means: 'The memory as it is now.', view: memoryViewSchema } },
      problems: ['secret-in-memory'],
      example: { body: { text: 'Ann prefers tea to coffee.' }, answer: memory },
    },
    forgetMemory: {
      does: 'Takes a memory back, so that it can be restored; with `erase=true` erases it with its history, for good',
      repeated: '404 when it is taken back; with `erase=true` 204.',
      query: forgetMemoryQuery,
      answers: { 204: { means: 'It is taken back, or erased.' } },
      problems: ['memory-not-found'],
      example: { query: { erase: false } },
    },
    restoreMemory: {
      does: 'Restores a memory that was taken back',
      repeated: '409 when it is restored.',
      answers: { 200: { means: 'The memory as it is now.', view: memoryViewSchema } },
      problems: ['memory-not-found', 'memory-not-forgotten'],
      example: { answer: memory },
    },
  },
} as const satisfies ContractGroup;
