import { Option } from '@commander-js/extra-typings';
import { parseDuration } from './parse-duration.ts';

const DEFAULT_TIMEOUT_MS = 15 * 60_000;

/** `--timeout`: for how long a commit is followed. */
export function timeoutOption() {
  return new Option('--timeout <time>', 'how long to watch: 90s, 15m')
    .argParser(parseDuration)
    .default(DEFAULT_TIMEOUT_MS, '15m');
}
