const NAMES = 'think|thinking|thought|thoughts|reasoning|reflection|scratchpad';
/** Where models begin and end to think aloud: tags, Magistral's brackets, Kimi's triangles. */
const TAG = new RegExp(
  `<(?<end>/?)(?:${NAMES})(?: [^<>\\n]{0,100})?>|\\[(?<bracketEnd>/?)THINK\\]|◁(?<triangleEnd>/?)think▷`,
  'gi',
);
/** Of models that write in channels: what follows is for the reader. */
const FINAL_CHANNEL = '<|channel|>final<|message|>';
/** What a server should have left out: tokens that end a turn. */
const END_TOKEN = /(?:<\|[a-z_]{1,30}\|>|<\/s>)$/;
/** JSON, as it is or in a fence, speaks of tags only inside its strings. */
const STARTS_AS_JSON = /^(?:(?:```|~~~)\w{0,20}\s{0,20})?(?:\{|\[(?!THINK\]))/i;
/** How far around a tag is looked. */
const NEAR = 20;

interface Tag {
  readonly start: number;
  readonly end: number;
  readonly isEnd: boolean;
}

/**
 * An answer without what the model thought aloud before it; empty when there is nothing else, as where it was cut off while it thought.
 *
 * The AI SDK's middleware for this also takes out what an answer only quotes, which would break a JSON string, and leaves
 * reasoning that does not end.
 */
export function withoutReasoning(answer: string): string {
  const text = withoutEndToken(answer.slice(finalStart(answer)).trim());
  if (STARTS_AS_JSON.test(text)) return text;
  const kept: string[] = [];
  let from = 0;
  let opened: Tag | undefined;
  for (const tag of tagsOf(text)) {
    if (opened) {
      if (!tag.isEnd) continue;
      kept.push(text.slice(from, opened.start));
      from = tag.end;
      opened = undefined;
    } else if (tag.isEnd && endsReasoning(text, tag)) {
      kept.length = 0;
      from = tag.end;
    } else if (!tag.isEnd && startsLine(text, tag)) {
      opened = tag;
    }
  }
  kept.push(opened && isBlank([...kept, text.slice(from, opened.start)]) ? '' : text.slice(from));
  return kept.join('').trim();
}

function finalStart(answer: string): number {
  const at = answer.lastIndexOf(FINAL_CHANNEL);
  return at === -1 ? 0 : at + FINAL_CHANNEL.length;
}

function withoutEndToken(text: string): string {
  return text.replace(END_TOKEN, '').trimEnd();
}

function tagsOf(text: string): Tag[] {
  return Array.from(text.matchAll(TAG), ({ index, 0: tag, groups = {} }) => ({
    start: index,
    end: index + tag.length,
    isEnd: Object.values(groups).includes('/'),
  }));
}

function startsLine(text: string, { start }: Tag): boolean {
  const before = text.slice(Math.max(0, start - NEAR), start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return line.trim() === '' && (line.length < before.length || start < NEAR);
}

/**
 * Where a prompt began the reasoning, its end comes alone. An answer that speaks of such a tag has it between quotation marks or
 * inside a sentence.
 */
function endsReasoning(text: string, tag: Tag): boolean {
  const before = text.slice(Math.max(0, tag.start - NEAR), tag.start);
  const after = text.slice(tag.end, tag.end + NEAR);
  return (
    startsLine(text, tag) ||
    after.trim() === '' ||
    /^[ \t]*[\n{[]/.test(after) ||
    (/[.!?…:;。！？)}\]]$/.test(before) && !/^[ ,;`"'’”]/.test(after))
  );
}

function isBlank(texts: readonly string[]): boolean {
  return texts.every((text) => text.trim() === '');
}
