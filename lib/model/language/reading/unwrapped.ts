const FENCE = /^(?<fence>```|~~~)(?:markdown|md|text|txt|plaintext)?[ \t]{0,8}\n/i;
const TAG = /^<(?<tag>answer|final_answer|output|response|result|summary)>/i;

/** A text without a fence or a tag around the whole of it. */
export function unwrapped(text: string): string {
  return withoutTag(withoutFence(withoutTag(text)));
}

/** A fence in between shows that the text does not stand in one, but has several. */
function withoutFence(text: string): string {
  const [opening, fence = ''] = FENCE.exec(text) ?? [];
  if (opening === undefined || !text.endsWith(`\n${fence}`)) return text;
  const inside = text.slice(opening.length, -fence.length);
  return inside.includes(fence) ? text : inside.trim();
}

function withoutTag(text: string): string {
  const [opening, tag = ''] = TAG.exec(text) ?? [];
  const closing = `</${tag}>`;
  const isWhole =
    opening !== undefined && text.slice(-closing.length).toLowerCase() === closing.toLowerCase();
  return isWhole ? text.slice(opening.length, -closing.length).trim() : text;
}
