import { type FoundStack, findStacks } from '../../local/discovery/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';

/** The stack that `--local` means. Where several run, a line of stderr says which one it is. @throws NoLocalStackError */
export async function findLocalStack({
  discoveryFile,
  stderr,
}: Pick<CliEnvironment, 'discoveryFile' | 'stderr'>): Promise<FoundStack> {
  const [stack, ...others] = await findStacks(discoveryFile);
  if (others.length > 0) {
    const choices = others.map(({ apiUrl, file }) => `COMMITLANE_LOCAL_FILE=${file} for ${apiUrl}`);
    stderr.write(
      `${others.length + 1} stacks run here; this is about the one at ${stack.apiUrl}. Set ${choices.join(', or ')}.\n`,
    );
  }
  return stack;
}
