/** What a terminal may obey, and what some programs take for the end of a line; JSON may write all of it as `\u…`. */
const OBEYED = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A line of JSON Lines, with its end. Fields that are undefined are left out. */
export function toLine(fields: object): string {
  return `${JSON.stringify(fields).replace(OBEYED, escaped)}\n`;
}
