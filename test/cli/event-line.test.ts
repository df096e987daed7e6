import { expect, it } from 'vitest';
import { eventLine } from '../../cli/display/event-line.ts';
import { viewOf } from '../../cli/display/view.ts';
import type { CommitEventDetail, MemoryEventDetail } from '../../lib/events/index.ts';
import { environment } from './streams.ts';

const view = viewOf(environment().environment.stdout, {});
const common = {
  id: 'a',
  sequence: '1',
  version: 1,
  tenant: 'acme',
  at: '2026-01-02T03:04:05.678Z',
} as const;
const commit = (more: Partial<CommitEventDetail>): CommitEventDetail => ({
  ...common,
  type: 'commit.archived',
  session: 'chat',
  commitId: 'c1',
  requestedAt: common.at,
  ...more,
});
const memory = (more: Partial<MemoryEventDetail>): MemoryEventDetail => ({
  ...common,
  type: 'memory.changed',
  scope: 'ann',
  category: 'preference',
  key: 'drink',
  ...more,
});
const state = {
  confidence: 1,
  firstSeenAt: common.at,
  lastSeenAt: common.at,
  saidAt: common.at,
  by: { kind: 'person', who: 'ann' },
} as const;

it.each([
  [commit({ archive: 2 }), 'commit archived  acme/chat  c1  archive 2'],
  [
    commit({ type: 'commit.dead-lettered', detail: 'The model\u001b[31m said no.' }),
    'commit dead-lettered  acme/chat  c1  The model said no.',
  ],
  [
    memory({ after: { ...state, text: 'Likes tea.\nA lot.' } }),
    'memory changed  acme/ann  preference/drink  Likes tea. A lot.',
  ],
  [
    memory({ after: { ...state, forgotten: true } }),
    'memory changed  acme/ann  preference/drink  was taken back',
  ],
  [memory({}), 'memory changed  acme/ann  preference/drink  is gone'],
])('an event is one line: when, what, whose, and of what', (event, line) => {
  expect(eventLine(view, event)).toBe(`2026-01-02T03:04:05.678Z  ${line}`);
});
