import { expect, it } from 'vitest';
import { streamBatch } from '../../lib/lambda/index.ts';
import { memoryChange, memoryOf, T } from '../events/stream-changes.ts';
import { streamEvent } from './stream-event.ts';

const changes = [
  memoryChange(undefined, memoryOf(), { sequence: '111' }),
  memoryChange(memoryOf(), memoryOf({ text: 'other' }), { sequence: '222', atMs: T + 1_000 }),
  memoryChange(memoryOf(), undefined, { sequence: '333' }),
];

it('the records of a stream are handed over as changes, with their items as they are stored', () => {
  const request = { event: streamEvent(changes) as unknown };
  streamBatch().before(request);
  expect(request.event).toEqual(changes);
});

it('has the first change that is to come again, and so all behind it, delivered again', () => {
  const request = { event: {}, response: changes[1] as unknown };
  streamBatch().after(request);
  expect(request.response).toEqual({ batchItemFailures: [{ itemIdentifier: '222' }] });
});

it('has nothing delivered again when all is done', () => {
  const request = { event: {}, response: undefined as unknown };
  streamBatch().after(request);
  expect(request.response).toEqual({ batchItemFailures: [] });
});

it('an event that is none of a stream has no changes', () => {
  const request = { event: { hello: 'there' } as unknown };
  streamBatch().before(request);
  expect(request.event).toEqual([]);
});

it('a record that says neither its key nor its number fails, and is not taken for done', () => {
  const request = { event: { Records: [{ dynamodb: {} }] } as unknown };
  expect(() => streamBatch().before(request)).toThrow('SequenceNumber');
});
