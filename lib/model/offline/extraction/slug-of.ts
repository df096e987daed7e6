const MAX_LENGTH = 60;

/** Words that say nothing about the subject. */
const FILLER =
  /\b(?:a|an|the|my|our|their|his|her|its|of|in|on|at|to|for|with|and|or|from|by|is|are|was|be|that|as|very|really|some|any|own)\b/g;

/** Words as part of a key: lower-case ASCII letters and digits, joined by hyphens. Empty when nothing is left. */
export function slugOf(words: string): string {
  const plain = words
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]s?\b/g, '');
  const short = plain.replace(FILLER, ' ');
  const slug = toSlug(short) || toSlug(plain);
  if (slug.length <= MAX_LENGTH) return slug;
  return slug.slice(
    0,
    slug.lastIndexOf('-', MAX_LENGTH) > 0 ? slug.lastIndexOf('-', MAX_LENGTH) : MAX_LENGTH,
  );
}

function toSlug(words: string): string {
  return words.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}
