import { readdir, readFile } from 'node:fs/promises';

const SAMPLES = new URL('../../events/conversations/', import.meta.url);
/** What JSON writes in more than one byte. */
const NOT_PLAIN = /[^\x20-\x7e]|["\\]/g;

/** Makes texts of an exact length, each character one byte of JSON, that compress about as well as what people write. */
export type English = (bytes: number) => string;

/** Speaks in words of the sample conversations, as often as they come there; each one made says the same. */
export async function loadEnglish(): Promise<() => English> {
  const words = await wordsOfSamples();
  return () => speakIn(words);
}

function speakIn(words: readonly string[]): English {
  let state = 1;
  const next = () => {
    // Numerical Recipes' linear congruence: good enough to shuffle words.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return words[Math.floor((state / 2 ** 32) * words.length)] ?? 'word';
  };
  return (bytes) => {
    const said: string[] = [];
    for (let length = 0; length < bytes; ) {
      const word = next();
      said.push(word);
      length += word.length + 1;
    }
    return said.join(' ').slice(0, bytes).replace(/ $/, '.');
  };
}

async function wordsOfSamples(): Promise<string[]> {
  const names = (await readdir(SAMPLES)).filter((name) => name.endsWith('.jsonl')).sort();
  const files = await Promise.all(names.map((name) => readFile(new URL(name, SAMPLES), 'utf8')));
  return files
    .flatMap((file) => file.trim().split('\n'))
    .flatMap((line) => String((JSON.parse(line) as { content?: unknown }).content).split(/\s+/))
    .map((word) => word.replace(NOT_PLAIN, ''))
    .filter((word) => word !== '');
}
