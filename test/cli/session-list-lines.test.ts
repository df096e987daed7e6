import { describe, expect, it } from 'vitest';
import { sessionListLines } from '../../cli/display/session-list-lines.ts';
import { viewOf } from '../../cli/display/view.ts';
import { fakeOperations } from '../console/fake-operations.ts';
import { environment } from './streams.ts';

const plain = viewOf(environment().environment.stdout, {});
const nowMs = Date.parse('2026-01-01T00:01:00Z');

describe('a list of sessions', () => {
  it('is a table, says which sessions cannot be read, and whether there are more', async () => {
    const list = await fakeOperations().sessions({ tenant: 'acme', scope: 'ann', limit: 2 });
    const text = sessionListLines(plain, list, nowMs).join('\n');
    expect(text).toMatch(/^SESSION +SCOPE +ACTIVE +MESSAGES +LIVE +ARCHIVES +LAST COMMIT +TITLE\n/);
    expect(text).toMatch(/\nchat +ann +1 min ago +7 +3 appends +12 +completed +<script>/);
    expect(text).toMatch(/\nnew +ann +1 min ago +0 +- +0 +-\n/);
    expect(text).toMatch(/\nNot readable: broken\. commitlane verify says why\.\nThere are more:/);
  });

  it('of nobody says so', () => {
    const text = sessionListLines(plain, { tenant: 'acme', sessions: [], unreadable: [] }, nowMs);
    expect(text).toEqual(['There are no sessions.']);
  });
});
