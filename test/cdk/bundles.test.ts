import { build, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** What runs when a file is imported: what it imports, and so on, but for what is imported by a call. */
function loadedAtStart({ inputs }: Metafile, entry: string): Set<string> {
  const loaded = new Set<string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (loaded.has(file)) continue;
    loaded.add(file);
    for (const { path, kind, external } of inputs[file]?.imports ?? []) {
      if (kind !== 'dynamic-import' && !external) waiting.push(path);
    }
  }
  return loaded;
}

describe.each(['api', 'follow-up'])('the function %s', (folder) => {
  it('starts without loading what only calls of models need', async () => {
    const entry = `functions/${folder}/handler.ts`;
    const { metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      logLevel: 'silent',
    });
    const isOfModels = (file: string) => /node_modules\/(ai|@ai-sdk)\//.test(file);
    expect(Object.keys(metafile.inputs).some(isOfModels)).toBe(true);
    expect([...loadedAtStart(metafile, entry)].filter(isOfModels)).toEqual([]);
  });
});
