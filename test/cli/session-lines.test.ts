import { describe, expect, it } from 'vitest';
import { sessionLines } from '../../cli/display/session-lines.ts';
import { viewOf } from '../../cli/display/view.ts';
import { fakeOperations } from '../console/fake-operations.ts';
import { environment } from './streams.ts';

const plain = viewOf(environment().environment.stdout, {});
const nowMs = Date.parse('2026-01-01T00:01:00Z');

describe('a session', () => {
  it('is shown with what is live, when it commits by itself, its lease and its seal', async () => {
    const session = await fakeOperations().session({ tenant: 'acme', session: 'chat' });
    const text = sessionLines(plain, session, nowMs).join('\n');
    expect(text).toMatch(/^chat of acme\n/);
    expect(text).toMatch(/automatic messageCount 50, idleSeconds 60, keepRecent 4, minIntervalSeconds 0\n/);
    expect(text).toMatch(/live\s+4 messages, positions 3 to 5\n/);
    expect(text).toMatch(/lease\s+expired, last held by commit\/1f0c\n/);
    expect(text).toMatch(/sealed\s+archive 2, positions 3 to 4, by c2, 1 min ago\n/);
  });
});
