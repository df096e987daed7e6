import { trace as traces } from '@opentelemetry/api';

const TIMEOUT_MS = 1_000;

interface Flushable {
  forceFlush(): Promise<void>;
}

/**
 * Has an SDK, where one is registered, send its spans before the runtime freezes the function; waits no longer than
 * 1 s. What goes wrong there is the SDK's to report, never the work's.
 */
export async function flushSpans(): Promise<void> {
  const provider = delegateOf(traces.getTracerProvider());
  if (!isFlushable(provider)) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, TIMEOUT_MS);
  });
  await Promise.race([provider.forceFlush().catch(() => 'reported by the SDK'), late]);
  clearTimeout(timer);
}

/** OpenTelemetry's API stands between its callers and the provider that was registered. */
function delegateOf(provider: object): unknown {
  return 'getDelegate' in provider && typeof provider.getDelegate === 'function'
    ? provider.getDelegate()
    : provider;
}

function isFlushable(provider: unknown): provider is Flushable {
  return typeof provider === 'object' && provider !== null && 'forceFlush' in provider;
}
