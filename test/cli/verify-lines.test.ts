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
    expect(verifyLines(plain, { reports: [report], scopeReports: [] })).toEqual([
      'All is well: 1 session, 2 archives, 5 messages.',
    ]);
  });

  it('tells scopes apart from sessions', () => {
    const scope = { ...{ memories: 3, statements: 7, earlier: 1 }, findings: [] };
    const scopeReports = [{ ...scope, key: { tenant: 'acme', scope: 'ann' } }];
    expect(verifyLines(plain, { reports: [], scopeReports })).toEqual([
      'All is well: 1 scope, 3 memories (1 from before there were statements), 7 statements.',
    ]);
    const findings = [
      { code: 'memory-stale', severity: 'problem', what: 'Stale.', whatToDo: 'Enter it.' },
    ] as const;
    expect(
      verifyLines(plain, {
        reports: [report],
        scopeReports: scopeReports.map((one) => ({ ...one, findings })),
      }),
    ).toEqual([
      'memories of ann of acme',
      '  ✗ memory-stale: Stale.',
      '    Enter it.',
      '',
      '1 problem in 1 session, 2 archives, 5 messages, 1 scope, 3 memories (1 from before there were statements), 7 statements.',
    ]);
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
    expect(verifyLines(plain, { reports: [{ ...report, findings }, report], scopeReports: [] })).toEqual([
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
