import type { ArchiveStore } from '../../lib/store/index.ts';

/** The same store, whose pages of archives end after each manifest, as if each archive had 1 MB. */
export function withSmallPages<Store extends ArchiveStore>(store: Store): Store {
  return {
    ...store,
    async readArchives(key, through) {
      const { items } = await store.readArchives(key, through);
      const end = items.findIndex(({ kind }) => kind === 'manifest') + 1;
      const archive = (items[end - 1]?.archive ?? 1) - 1;
      return { items: items.slice(0, end), ...(archive > 0 && { rest: { archive } }) };
    },
  } satisfies Store;
}
