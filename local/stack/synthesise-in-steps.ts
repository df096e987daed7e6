import type { Assembly } from '../template/synthesise.ts';
import { synthesiseProject } from '../template/synthesise-project.ts';
import type { StackSettings } from './stack-options.ts';

/** The project's assembly, with a step that says whether it had to be made. @throws SynthesisError */
export async function synthesiseInSteps(
  { signal, onStepBegin, onStepEnd }: Pick<StackSettings, 'signal' | 'onStepBegin' | 'onStepEnd'>,
  context: Readonly<Record<string, string>>,
  onCacheError: (error: unknown) => void,
): Promise<Assembly & AsyncDisposable> {
  signal?.throwIfAborted();
  const startedAtMs = Date.now();
  let label = 'stack, as it was synthesized before';
  const assembly = await synthesiseProject({
    context,
    ...(signal && { signal }),
    onCacheError,
    onMiss() {
      label = 'stack synthesized';
      onStepBegin('synthesizing the stack: 5 to 30 s, the first time and after a change', { isSlow: true });
    },
  });
  onStepEnd(label, Date.now() - startedAtMs);
  return assembly;
}
