import type { Target } from '../target/index.ts';
import type { CheckResult } from './run-check.ts';

/** Whether the model writes a summary. It is asked with the operator's credentials, not the function's. */
export async function checkModel(
  { ssm, outputs, clock }: Target,
  signal: AbortSignal,
): Promise<{ readonly result: CheckResult; readonly tookMs: number }> {
  // Only when it is needed: models take longer to load than everything else together.
  const { modelFromEnvironment } = await import('../../lib/lambda/index.ts');
  const { Model, ModelBaseUrl, ModelKeyParameter } = outputs;
  const environment = { MODEL: Model, MODEL_BASE_URL: ModelBaseUrl, MODEL_KEY_PARAMETER: ModelKeyParameter };
  const model = modelFromEnvironment(environment, { ssm, clock });
  const startedAtMs = clock.now();
  const at = new Date(startedAtMs).toISOString();
  const { value } = await model.summarise({
    messages: [
      { id: 'doctor-1', role: 'user', content: 'I live in Gothenburg, and I prefer tea to coffee.', at },
    ],
    signal,
  });
  const tookMs = clock.now() - startedAtMs;
  const detail = `${model.name} wrote a summary of ${value.length} characters in ${tookMs} ms`;
  return { result: { status: 'ok', detail }, tookMs };
}
