import { beforeAll, describe, expect, it } from 'vitest';
import { claims } from '../../bench/claims.ts';
import { requestKinds } from '../../bench/display/request-kinds.ts';
import { measure } from '../../bench/measure.ts';
import type { Report } from '../../bench/report.ts';
import { sections } from '../../bench/sections.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';

/** Their figures are not the same on every machine, or take long: `npm run bench` checks them. */
const NOT_HERE = ['recovery', 'rhythm', 'memory', 'cpu'];

let report: Report;

beforeAll(async () => {
  report = await measure({
    sections: sections.filter(({ name }) => !NOT_HERE.includes(name)),
    claims,
    quick: true,
    signal: AbortSignal.timeout(safetyTimeouts.testMs),
    onSection: () => undefined,
  });
});

function rowOf(id: string) {
  const row = report.sections.flatMap(({ rows }) => rows).find((one) => one.id === id);
  if (!row) throw new Error(`Nothing measures ${id}.`);
  return row;
}

describe('what docs/operations.md says of costs', () => {
  it('is what is measured', () => {
    expect(report.claims.filter(({ holds }) => !holds)).toEqual([]);
    expect(report.claims.length).toBeGreaterThan(40);
  });

  /** A change here is a change of the table of costs in docs/operations.md. */
  it.each([
    ['create', 'PutItem META (1 W), GetItem META (1 R)'],
    ['append.0.4KB', 'UpdateItem META (1 W), PutItem LOG (1 W)'],
    ['append.256KB', 'UpdateItem META (1 W), PutItem LOG (257 W)'],
    ['append.keyed', 'UpdateItem META (1 W), PutItem APPEND (1 W), PutItem LOG (1 W)'],
    [
      'append.repeat',
      'UpdateItem META (1 W), PutItem APPEND (1 W, 1 refused), GetItem APPEND (1 R), PutItem LOG (1 W, 1 refused), GetItem LOG (1 R)',
    ],
    ['append.ids', 'UpdateItem META (1 W), PutItem APPEND (1 W), PutItem LOG (1 W)'],
    [
      'append.ids.repeat',
      'UpdateItem META (1 W), PutItem APPEND (1 W, 1 refused), GetItem APPEND (1 R), GetItem LOG (1 R)',
    ],
    [
      'append.ids.10',
      'GetItem APPEND (1 R), UpdateItem META (1 W), PutItem APPEND × 10 (10 W), PutItem LOG (5 W)',
    ],
    ['append.together', 'UpdateItem META (1 W), PutItem LOG (5 W)'],
    ['auto-commit.first', 'UpdateItem META × 2 (2 W), PutItem LOG (1 W)'],
    ['auto-commit.next', 'UpdateItem META (1 W), PutItem LOG (1 W)'],
    [
      'auto-commit.due',
      'UpdateItem META × 3 (3 W), PutItem LOG (1 W), GetItem META (1 R), PutItem COMMIT (1 W), SendMessage',
    ],
    ['read.100', 'GetItem META (1 R), Query LOG (16 R)'],
    ['request.first', 'GetItem META (1 R), PutItem COMMIT (1 W), SendMessage, UpdateItem META (1 W)'],
    ['request.second', 'GetItem META (1 R), GetItem COMMIT (1 R)'],
    [
      'commit.1',
      'ChangeMessageVisibility, UpdateItem LEASE (1 W), UpdateItem META × 3 (3 W), UpdateItem COMMIT × 2 (2 W), Query LOG × 3 (3 R), PutItem CHUNK (1 W), PutItem ARCHIVE (1 W), SendMessage, BatchWriteItem LOG (1 W), DeleteItem LEASE (1 W)',
    ],
    [
      'commit.empty',
      'ChangeMessageVisibility, UpdateItem LEASE (1 W), UpdateItem META (1 W), UpdateItem COMMIT × 2 (2 W), DeleteItem LEASE (1 W)',
    ],
    [
      'delete.empty',
      'GetItem META (1 R), UpdateItem LEASE (1 W), UpdateItem META × 3 (3 W), DeleteItem LEASE (1 W), Query several (1 R)',
    ],
    ['limits.refresh', 'GetParametersByPath × 2'],
  ])('%s', (id, requests) => {
    expect(requestKinds(rowOf(id).requests)).toBe(requests);
  });

  it('is 25 tombstones for each request of a commit that clears', () => {
    const clear = rowOf('commit.100').requests.find(({ operation }) => operation === 'BatchWriteItem');
    expect(clear).toMatchObject({ count: 4, writeUnits: 100 });
  });

  it('of a follow-up does not grow with the number of its memories', () => {
    const requests = (id: string) => rowOf(id).totals.dynamodbRequests;
    const all = [requests('follow-up.0'), requests('follow-up.3'), requests('follow-up.30')];
    expect(all).toEqual([12, 16, 16]);
  });

  it('leaves the table alone where leases are in Redis', () => {
    const { requests } = rowOf('leases.upstash.commit');
    expect(requests.filter(({ target }) => target === 'LEASE')).toEqual([]);
    expect(requests.filter(({ service }) => service === 'redis').map(({ operation }) => operation)).toEqual([
      'acquire',
      'release',
    ]);
  });
});
