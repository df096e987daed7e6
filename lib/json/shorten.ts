/**
 * The beginning of a text, with an ellipsis when it is longer than `maxCharacters` UTF-16 units. What it returns is
 * well-formed, and never more than `maxCharacters` long.
 */
export function shorten(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text.toWellFormed();
  const beginning = text.slice(0, maxCharacters - 1);
  const endsInHalf = /[\ud800-\udbff]$/.test(beginning.slice(-1));
  return `${(endsInHalf ? beginning.slice(0, -1) : beginning).toWellFormed()}…`;
}
