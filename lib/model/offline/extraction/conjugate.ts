const irregular: Readonly<Record<string, string>> = {
  am: 'is',
  are: 'is',
  were: 'was',
  have: 'has',
  do: 'does',
  go: 'goes',
  undo: 'undoes',
};
const unchanged = new Set(
  'is was has had did does will can must went put read set let cut hit cost hurt quit'.split(' '),
);

/** Pasts that look like the present of another verb. */
const pasts = new Set(
  'saw found felt left fell lay wound bound ground bore rose shot spoke woke broke dove'.split(' '),
);

/** A verb as it follows a name: `live` becomes `lives`, `am` becomes `is`, `went` stays. */
export function conjugate(verb: string, isBaseForm: boolean): string {
  const lower = verb.toLowerCase();
  const form = irregular[lower];
  if (form !== undefined) return form;
  if (unchanged.has(lower) || pasts.has(lower) || !isBaseForm) return lower;
  if (/(?:[sxz]|ch|sh)$/.test(lower)) return `${lower}es`;
  return /[^aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

export function isPastForm(verb: string, isBaseForm: boolean): boolean {
  const lower = verb.toLowerCase();
  if (pasts.has(lower) || ['was', 'were', 'had', 'did'].includes(lower)) return true;
  return !isBaseForm && !(lower in irregular) && !unchanged.has(lower) && !/(?:ing|s)$/.test(lower);
}
