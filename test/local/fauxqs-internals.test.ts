import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CHECKED_VERSION, fauxqsInternals } from '../../local/emulators/queues/fauxqs-internals.ts';
import { temporaryFolder } from './temporary-folder.ts';

const installed = fileURLToPath(new URL('..', import.meta.resolve('fauxqs')));

/** A copy of the installed package, for a test to change, beside what it depends on. */
async function copyOfFauxqs() {
  const folder = await temporaryFolder();
  const copy = path.join(folder.path, 'copy', 'node_modules', 'fauxqs');
  await mkdir(copy, { recursive: true });
  await cp(path.join(installed, 'dist'), path.join(copy, 'dist'), { recursive: true });
  await cp(path.join(installed, 'package.json'), path.join(copy, 'package.json'));
  await symlink(path.dirname(installed), path.join(folder.path, 'node_modules'));
  return {
    entry: pathToFileURL(path.join(copy, 'dist', 'app.js')).href,
    async change(file: string, from: string, to: string) {
      const changed = path.join(copy, 'dist', file);
      const text = await readFile(changed, 'utf8');
      expect(text).toContain(from);
      await writeFile(changed, text.replaceAll(from, to));
    },
    remove: (file: string) => rm(path.join(copy, 'dist', file)),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

describe("fauxqs' internals", () => {
  it('are of the version that they were checked against: look at fauxqs-internals.ts with each new one', async () => {
    const { version } = JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8'));
    expect(version).toBe(CHECKED_VERSION);
  });

  it('are taken from the copy as they are from the package itself', async () => {
    await using copy = await copyOfFauxqs();
    const { makeStores } = await fauxqsInternals(copy.entry);
    const { sqsStore } = makeStores();
    const queue = sqsStore.createQueue('a.fifo', 'http://127.0.0.1/a.fifo', 'arn:a.fifo', {
      FifoQueue: 'true',
    });
    expect(queue.isFifo()).toBe(true);
  });

  it.each([
    ['sqs/sqsStore.js', 'processTimers', 'SqsQueue.processTimers'],
    ['sqs/sqsStore.js', 'fifoLockedGroups', 'SqsQueue.fifoLockedGroups'],
    ['persistence.js', 'updateMessageReady', 'PersistenceManager.updateMessageReady'],
    ['persistence.js', 'class PersistenceManager', 'PersistenceManager'],
  ])('are missed by name when they have moved: %s %s', async (file, gone, missing) => {
    await using copy = await copyOfFauxqs();
    await copy.change(file, gone, gone.replace(/\w+$/, 'elsewhere'));
    await expect(fauxqsInternals(copy.entry)).rejects.toThrow(
      `The installed fauxqs ${CHECKED_VERSION} lacks ${missing}, which`,
    );
  });

  it('are missed by file when a file has gone', async () => {
    await using copy = await copyOfFauxqs();
    await copy.remove('persistence.js');
    await expect(fauxqsInternals(copy.entry)).rejects.toThrow(/lacks \.\/persistence\.js, which/);
  });
});
