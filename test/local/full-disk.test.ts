import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { localAws } from '../../local/aws/index.ts';
import {
  startParameterEmulator,
  startQueueEmulator,
  startTableEmulator,
} from '../../local/emulators/index.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('./fill-disk.ts', import.meta.url));
/** No file may become larger, of 512 bytes each: a disk that is full, for whoever is no superuser. */
const BLOCKS = 800;
const common = { region: localAws.region, credentials: localAws.credentials };

/** How much is there at the next start. */
const counts: Readonly<Record<string, (folder: string) => Promise<number>>> = {
  async table(folder) {
    await using emulator = await startTableEmulator({ dataFolder: folder });
    const client = new DynamoDBClient({ ...common, endpoint: emulator.endpoint });
    const { Count = 0 } = await client.send(new ScanCommand({ TableName: 'Items', Select: 'COUNT' }));
    return Count;
  },
  async queues(folder) {
    await using emulator = await startQueueEmulator({ dataFolder: folder });
    const client = new SQSClient({ ...common, endpoint: emulator.endpoint });
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'work' }));
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    return Number(Attributes['ApproximateNumberOfMessages']);
  },
  async parameters(folder) {
    await using emulator = await startParameterEmulator({ file: path.join(folder, 'parameters.json') });
    return emulator.store.under('/filled').length;
  },
};

describe('a full disk', () => {
  it.each(Object.keys(counts))('is told, and takes nothing that was acknowledged: %s', async (kind) => {
    await using parent = await temporaryFolder();
    const folder = path.join(parent.path, kind);
    await mkdir(folder);
    const command = `ulimit -f ${BLOCKS}; exec "$0" "$@"`;
    const { stdout } = await run('/bin/sh', ['-c', command, process.execPath, program, kind, folder], {
      timeout: safetyTimeouts.conditionMs,
    });
    const { acknowledged, message } = JSON.parse(stdout) as { acknowledged: number; message: string };
    expect(acknowledged).toBeGreaterThan(10);
    expect(message).toMatch(/cannot be used .*disk is full/);
    // What was not acknowledged may be there, too: one write at most.
    const kept = (await counts[kind]?.(folder)) ?? 0;
    expect([acknowledged, acknowledged + 1]).toContain(kept);
  });
});
