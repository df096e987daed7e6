import { getCommitQuery } from '../../operations/get-commit.ts';
import { listCommitsQuery } from '../../operations/list-commits.ts';
import { requestCommitBody } from '../../operations/request-commit.ts';
import {
  type CommitRequestView,
  type CommitsView,
  type CommitView,
  commitRequestViewSchema,
  commitsViewSchema,
  commitViewSchema,
} from '../../views/index.ts';
import type { ContractGroup } from '../contract.ts';

const commit = {
  commitId: '01KE0000000000000000000000',
  state: 'completed',
  archive: 1,
  through: 1,
  keepRecent: 0,
  requestedAt: '2026-01-01T12:00:00.000Z',
  timeline: [
    { at: '2026-01-01T12:00:00.000Z', event: 'queued' },
    { at: '2026-01-01T12:00:00.300Z', event: 'committing' },
    { at: '2026-01-01T12:00:00.700Z', event: 'archived' },
    { at: '2026-01-01T12:00:02.000Z', event: 'summary' },
    { at: '2026-01-01T12:00:03.000Z', event: 'completed' },
  ],
} satisfies CommitView;

export const commitContracts = {
  name: 'Commits',
  about: 'A commit moves the live messages into an archive. Its status is kept for 30 days.',
  contracts: {
    requestCommit: {
      does: 'Requests a commit of the messages that are live now',
      details: 'A commit never takes messages that were appended after its request, however late it runs.',
      repeated:
        'Requests with the same `Idempotency-Key` are answered with the same commit; their bodies are not compared. Without one, a request is answered with the commit that is queued or running already, if that one takes as many messages.',
      takesIdempotencyKey: true,
      body: { schema: requestCommitBody, isRequired: false },
      answers: { 202: { means: 'The commit that will do it.', view: commitRequestViewSchema } },
      problems: ['session-not-found'],
      example: {
        body: { keepRecent: 4 },
        answer: { commitId: commit.commitId, state: 'queued', existing: false } satisfies CommitRequestView,
      },
    },
    listCommits: {
      does: 'Returns a page of commits, the newest request first',
      details: 'A page holds at most 100 commits. Commits are listed for 30 days.',
      query: listCommitsQuery,
      answers: { 200: { means: 'A page of commits.', view: commitsViewSchema } },
      problems: ['session-not-found'],
      example: { answer: { commits: [commit] } satisfies CommitsView },
    },
    getCommit: {
      does: 'Returns the state and the timeline of a commit',
      details:
        'With `waitSeconds`, the answer is held back until there is news: until the timeline has another number of entries than `seen`, or the commit runs no more. A commit that does not run is answered at once. Allow the answer some seconds more than `waitSeconds` before you give it up.',
      query: getCommitQuery,
      answers: { 200: { means: 'The commit.', view: commitViewSchema } },
      problems: ['commit-not-found'],
      example: { query: { waitSeconds: 20, seen: 4 }, answer: commit },
    },
    cancelCommit: {
      does: 'Cancels a commit that is still queued',
      repeated: 'It changes nothing.',
      answers: { 200: { means: 'The commit is cancelled.', view: commitViewSchema } },
      problems: ['commit-not-found', 'commit-not-cancellable'],
      example: {
        answer: {
          commitId: commit.commitId,
          state: 'cancelled',
          through: 1,
          keepRecent: 0,
          requestedAt: '2026-01-01T12:00:00.000Z',
          timeline: [
            { at: '2026-01-01T12:00:00.000Z', event: 'queued' },
            { at: '2026-01-01T12:00:01.000Z', event: 'cancelled' },
          ],
        } satisfies CommitView,
      },
    },
  },
} as const satisfies ContractGroup;
