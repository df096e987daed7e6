import type { Claim } from './claim.ts';
import type { Totals } from './counting/totals.ts';

const COSTS = 'docs/operations.md';
const SEARCH = 'docs/search.md';

/** The totals of one row that a line of the page's table of costs promises. */
function costs(
  section: string,
  row: string,
  words: string,
  totals: Partial<Totals>,
  sentence: string,
): readonly Claim[] {
  return Object.entries(totals).map(([total, equals]) => ({
    sentence: `${sentence}: ${total}`,
    statedIn: { page: COSTS, words },
    section,
    figure: `${row}:${total}`,
    expected: { equals },
  }));
}

/** What one search takes at most, as a line of the page on search has it. */
function searchTakes(row: string, words: string, most: Partial<Totals>): readonly Claim[] {
  return Object.entries({ ...most, writeUnits: 0 }).map(([total, atMost]) => ({
    sentence: `A search stays within its bound: ${total}`,
    statedIn: { page: SEARCH, words },
    section: 'search',
    figure: `search.${row}:${total}`,
    expected: { atMost },
  }));
}

/** @param words of the page on search. */
const ranking = (search: string, words: string, atMost: number): Claim => ({
  sentence: 'Ranking takes so many times the CPU time of reading what is ranked',
  statedIn: { page: SEARCH, words },
  section: 'search',
  figure: `search.${search}.ratio`,
  expected: { atMost },
});

/** What the documentation promises of costs, sizes and memory. Change it together with the page that it is stated in. */
export const claims: readonly Claim[] = [
  ...costs(
    'append',
    'create',
    'create a session | 1 W, and a read of the session (1 R)',
    { writeUnits: 1, readUnits: 1, dynamodbRequests: 2 },
    'Creating a session takes a write and a read',
  ),
  ...costs(
    'append',
    'append.0.4KB',
    "append | 1 W + the record's W",
    { writeUnits: 2, readUnits: 0, dynamodbRequests: 2 },
    'An append of up to 1 KB takes two writes and no read',
  ),
  ...costs(
    'append',
    'append.keyed',
    'append with a key | 1 W more',
    { writeUnits: 3, readUnits: 0 },
    'An append with a key takes one write more',
  ),
  ...costs(
    'append',
    'append.ids',
    'append of messages with ids | 1 W more for each message',
    { writeUnits: 3, readUnits: 0 },
    'An append of a message with an id takes one write more',
  ),
  ...costs(
    'append',
    'append.ids.repeat',
    'a repeat: 1 W, a refused write, 2 R',
    { writeUnits: 2, readUnits: 2, dynamodbRequests: 4 },
    'Repeating it takes a write, a refused one and two reads',
  ),
  ...costs(
    'append',
    'append.ids.10',
    '1 W more for each message, and 1 R if there are several',
    { writeUnits: 16, readUnits: 1, dynamodbRequests: 13 },
    'An append of ten messages with ids takes ten writes more, and a read',
  ),
  ...costs(
    'append',
    'append.ids.overlap',
    'for each message that is stored already, a refused write, 1 R, and the R of its record, which is read once',
    { writeUnits: 14, readUnits: 8, dynamodbRequests: 19 },
    'Of ten messages, five that are stored already take a refused write and a read each, and their record is read once',
  ),
  ...costs(
    'append',
    'append.repeat',
    'a repeat: 1 W, two refused writes, 2 R',
    { writeUnits: 3, readUnits: 2 },
    'A repeated append takes a write, two refused ones and two reads',
  ),
  {
    sentence: 'What an append costs does not depend on how much is live',
    statedIn: { page: COSTS, words: 'whatever the size of its session' },
    section: 'append',
    figure: 'append.size-ratio',
    expected: { equals: 1 },
  },
  {
    sentence: 'Messages that are appended together cost at most half of what they cost one by one',
    statedIn: { page: COSTS, words: 'are cheaper than 20 of one' },
    section: 'append',
    figure: 'append.batch-ratio',
    expected: { atLeast: 2, atMost: Number.MAX_SAFE_INTEGER },
  },
  ...costs(
    'read',
    'read.message',
    'where a message with an id is, within 12 hours | 3 R while it is live',
    { writeUnits: 0, readUnits: 3, dynamodbRequests: 3 },
    'Saying where a live message is takes three reads',
  ),
  ...costs(
    'read',
    'read.message.archived',
    "4 R + its chunk's R in 5 requests once it is archived",
    { writeUnits: 0, dynamodbRequests: 5 },
    'Saying where an archived message is takes five requests',
  ),
  ...costs(
    'auto-commit',
    'auto-commit.first',
    'append to a session with a commit policy | the first 1 W more',
    { writeUnits: 3, readUnits: 0 },
    'The first append of a session with a policy takes one write more',
  ),
  ...costs(
    'auto-commit',
    'auto-commit.next',
    'append to a session with a commit policy | the first 1 W more',
    { writeUnits: 2, readUnits: 0 },
    'The next append of a session with a policy takes as much as without',
  ),
  ...costs(
    'auto-commit',
    'auto-commit.due',
    'the one that makes a commit due 1 W more, and what requesting a commit takes',
    { writeUnits: 5, readUnits: 1, sqsRequests: 1 },
    'An append that makes a commit due takes one write more, and those of a request',
  ),
  ...costs(
    'request',
    'request.first',
    'request a commit | 2 W, 1 R',
    { writeUnits: 2, readUnits: 1, sqsRequests: 1 },
    'Requesting a commit takes two writes, a read and a message',
  ),
  ...costs(
    'request',
    'request.second',
    'a second request that is answered with the first | 2 R',
    { writeUnits: 0, readUnits: 2, sqsRequests: 0 },
    'A request that is answered with an earlier one takes two reads',
  ),
  {
    sentence: 'A session that is busy moves in the indexes of lists once an hour, whatever is appended',
    statedIn: { page: COSTS, words: 'in the indexes of lists 4 W once an hour' },
    section: 'lists',
    figure: 'lists.per-hour',
    expected: { equals: 4 },
  },
  {
    sentence: 'Lists cost an append at most 0.1 W on average, with one a minute',
    statedIn: { page: COSTS, words: 'with an append a minute, 0.07 W more for each append' },
    section: 'lists',
    figure: 'lists.per-append',
    expected: { atMost: 0.1 },
  },
  {
    sentence: 'A commit does not move its session in the indexes of lists',
    statedIn: { page: 'docs/architecture.md', words: 'Only a write that takes a position changes it' },
    section: 'lists',
    figure: 'lists.commit',
    expected: { equals: 0 },
  },
  ...costs(
    'lists',
    'lists.large-meta',
    'and a title of 200 ASCII letters it is still 1 W',
    { writeUnits: 1 },
    'A position costs one write with long names and a long title, too',
  ),
  ...costs(
    'lists',
    'lists.scope',
    'list the sessions of a scope',
    { dynamodbRequests: 3, writeUnits: 0 },
    'A page of the sessions of a scope takes three requests',
  ),
  ...costs(
    'lists',
    'lists.tenant',
    'list the sessions of a tenant | the same, from 8 queries',
    { dynamodbRequests: 10, writeUnits: 0 },
    'A page of the sessions of a tenant takes ten requests',
  ),
  {
    sentence: 'A commit costs 7 W besides chunks, manifest and tombstones',
    statedIn: { page: COSTS, words: "run a commit | 7 W + the chunks' W + the manifest's W" },
    section: 'commit',
    figure: 'commit.fixed',
    expected: { equals: 7 },
  },
  {
    sentence: 'A commit reads its range twice, and one record besides',
    statedIn: { page: COSTS, words: "the range's R twice + 1 R" },
    section: 'commit',
    figure: 'commit.extra-reads',
    expected: { equals: 1 },
  },
  ...costs(
    'commit',
    'commit.10',
    '2 SQS requests (send, first visibility)',
    { sqsRequests: 2 },
    'A commit makes two requests to SQS',
  ),
  ...costs(
    'commit',
    'commit.empty',
    'a commit that finds nothing live | 5 W',
    { writeUnits: 5, readUnits: 0, sqsRequests: 1 },
    'A commit that finds nothing live takes five writes',
  ),
  {
    sentence: 'Claim, seal and unseal cost the same, however much is sealed',
    statedIn: { page: COSTS, words: 'The seal itself costs 1 W, whatever it seals' },
    section: 'commit',
    figure: 'commit.seal-ratio',
    expected: { equals: 1 },
  },
  {
    sentence: 'A message is written two to three times: record, tombstone, and its part of a chunk',
    statedIn: { page: COSTS, words: 'written three times in all (log, tombstone, a part of a chunk)' },
    section: 'commit',
    figure: 'commit.times-written.1000',
    expected: { atLeast: 2, atMost: 3 },
  },
  {
    sentence: 'A record of a large commit costs no more than one of a small commit',
    statedIn: { page: COSTS, words: 'whatever the size of its session' },
    section: 'commit',
    figure: 'commit.linearity',
    expected: { atMost: 1 },
  },
  {
    sentence: 'A crash costs at most that the chunks are sent, and billed, once more',
    statedIn: { page: COSTS, words: 'A crash costs at most the chunks once more' },
    section: 'recovery',
    figure: 'recovery.ratio.most',
    expected: { atMost: 1.5 },
  },
  ...costs(
    'leases',
    'leases.dynamodb.renewal',
    '1 W (renewal',
    { writeUnits: 1, dynamodbRequests: 1 },
    'A renewal takes one write',
  ),
  ...costs(
    'leases',
    'leases.upstash.renewal',
    'none with Redis',
    { writeUnits: 0, dynamodbRequests: 0, redisRequests: 1 },
    'A renewal in Redis takes nothing of the table',
  ),
  {
    sentence: 'Redis saves 2 W of a commit and 2 W of a follow-up',
    statedIn: { page: COSTS, words: '2 W less for each commit and follow-up' },
    section: 'leases',
    figure: 'leases.saved',
    expected: { equals: 4 },
  },
  ...costs(
    'follow-up',
    'follow-up.0',
    'a follow-up | 8 updates of the manifest and the status',
    { dynamodbRequests: 12, sqsRequests: 1 },
    'A follow-up without memories makes eight updates and four reads',
  ),
  ...costs(
    'follow-up',
    'follow-up.3',
    '2 W (lease)',
    { dynamodbRequests: 16 },
    'With memories it takes a lease, a read and a transaction',
  ),
  {
    sentence: 'Up to 48 memories take two requests together',
    statedIn: { page: COSTS, words: 'in 2 requests for up to 48 memories' },
    section: 'follow-up',
    figure: 'follow-up.each-memory',
    expected: { equals: 0 },
  },
  ...costs(
    'context',
    'context.summaries',
    "the newest 5 manifests' R",
    { dynamodbRequests: 3, writeUnits: 0 },
    'Reading the context of a summarised conversation takes three requests, however many archives there are',
  ),
  ...costs(
    'context',
    'context.memories',
    'With memories, in 3 requests more for a scope of up to 1 MB',
    { dynamodbRequests: 6, writeUnits: 0 },
    'Memories take three requests more: what the user said last, the profile, and a search',
  ),
  ...searchTakes('memories', 'of 10,000 memories | 6 | 600 | 8 MB |', {
    ...{ dynamodbRequests: 6, readUnits: 600, receivedBytes: 8_000_000 },
  }),
  ...searchTakes('archives', 'of 1,000 small archives | 6 | 900 | 4 MB |', {
    ...{ dynamodbRequests: 6, readUnits: 900, receivedBytes: 4_000_000 },
  }),
  ...searchTakes('archives.rest', 'The first answer covers all of them', { dynamodbRequests: 0 }),
  ...searchTakes('large', 'of 10 large archives, the first answer | 7 | 700 | 4 MB |', {
    ...{ dynamodbRequests: 7, readUnits: 700, receivedBytes: 4_000_000 },
  }),
  ...searchTakes('large.rest', 'going on to their end | 5 | 200 | 1 MB |', {
    ...{ dynamodbRequests: 5, readUnits: 200, receivedBytes: 1_000_000 },
  }),
  ...searchTakes('context', 'the context, with 10,000 memories | 6 | 400 | 5 MB |', {
    ...{ dynamodbRequests: 6, readUnits: 400, receivedBytes: 5_000_000 },
  }),
  ranking('memories', 'of 10,000 memories | 6 | 600 | 8 MB | 6', 6),
  ranking('archives', 'of 1,000 small archives | 6 | 900 | 4 MB | 20', 20),
  ranking('large', 'of 10 large archives, the first answer | 7 | 700 | 4 MB | 50', 50),
  ranking('context', 'the context, with 10,000 memories | 6 | 400 | 5 MB | 6', 6),
  ...costs(
    'deletion',
    'delete.empty',
    'delete a session | 5 W, 2 R',
    { writeUnits: 5, readUnits: 2 },
    'Deleting an empty session takes five writes and two reads',
  ),
  ...costs(
    'limits',
    'limits.refresh',
    '2 SSM requests a minute for each execution environment',
    { ssmRequests: 2 },
    'Reading the limits takes two requests to SSM',
  ),
  ...costs(
    'limits',
    'limits.kept',
    '2 SSM requests a minute for each execution environment',
    { ssmRequests: 0 },
    'Limits that were read within the minute are not read again',
  ),
  {
    sentence: 'A commit holds no more in memory for a large archive than for a small one',
    statedIn: { page: 'docs/adr/0007-archive-chunks.md', words: "whatever the session's size" },
    section: 'memory',
    figure: 'memory.ratio',
    // Four times the archive; a chunk more or less is there when a page comes, as it happens.
    expected: { atMost: 1.25 },
  },
  {
    sentence: 'Packing an archive takes little more CPU time than compressing its messages',
    statedIn: { page: 'bench/README.md', words: 'Packing takes at most twice the CPU time of a plain gzip' },
    section: 'cpu',
    figure: 'cpu.packing',
    expected: { atMost: 2 },
  },
  {
    sentence: 'The offline model takes as much CPU time for each message, however many there are',
    statedIn: { page: 'bench/README.md', words: 'The offline model is linear' },
    section: 'cpu',
    figure: 'cpu.offline',
    expected: { atMost: 1.5 },
  },
];
