import { describe, expect, it } from 'vitest';
import { verifyLines } from '../../cli/display/verify-lines.ts';
import { viewOf } from '../../cli/display/view.ts';
import { environment } from './streams.ts';

const plain = viewOf(environment().environment.stdout, {});
const report = {
  key: { tenant: 'acme', session: 'chat' },
  archives: 2,
  archivedMessages: 4,
  liveMessages: 1,
  findings: [],
};

describe('what verifying found', () => {
  it('is a line when all is well', () => {
    expect(verifyLines(plain, [report])).toEqual(['All is well: 1 session, 2 archives, 5 messages.']);
  });

  it('is what is wrong and what to do, by session; notes are no problems', () => {
    const findings = [
      {
        code: 'chunk-missing',
        severity: 'problem',
        what: 'There is no chunk 0 of archive 2.',
        whatToDo: 'Restore it.',
      },
      { code: 'position-missing', severity: 'note', what: 'Position 7.', whatToDo: 'Nothing.' },
    ] as const;
    expect(verifyLines(plain, [{ ...report, findings }, report])).toEqual([
      'chat of acme',
      '  ✗ chunk-missing: There is no chunk 0 of archive 2.',
      '    Restore it.',
      '  · position-missing: Position 7.',
      '    Nothing.',
      '',
      '1 problem in 2 sessions, 4 archives, 10 messages.',
    ]);
  });
});
