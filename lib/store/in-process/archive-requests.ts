import {
  type Manifest,
  type ManifestExcerpt,
  type ManifestPart,
  withoutMemories,
} from '../../archive/index.ts';
import { sortKeys } from '../../table/index.ts';
import type { ArchiveStore } from '../archive-store.ts';
import { putIfAbsent, type StoredSessions } from './stored-sessions.ts';

/** The requests whose targets are manifests and chunks. */
export function archiveRequests({ find, at }: StoredSessions): ArchiveStore {
  return {
    async putChunk(key, archive, index, chunk) {
      const { chunks, closed } = at(key);
      return !closed.has(sortKeys.chunk(archive, index)) && putIfAbsent(chunks, `${archive}/${index}`, chunk);
    },

    async readChunk(key, archive, index) {
      return find(key)?.chunks.get(`${archive}/${index}`);
    },

    async putManifest(key, manifest) {
      const { manifests, closed } = at(key);
      const { archive } = manifest;
      return !closed.has(sortKeys.archive(archive)) && putIfAbsent(manifests, archive, manifest);
    },

    async readManifest(key, archive) {
      return find(key)?.manifests.get(archive);
    },

    async readManifests(key, archives, parts) {
      const stored = find(key)?.manifests;
      const manifests = archives
        .flatMap((archive) => stored?.get(archive) ?? [])
        .sort((a, b) => a.archive - b.archive);
      return { manifests: manifests.map((manifest) => excerptOf(manifest, parts)), left: [] };
    },

    async recordStep(key, archive, step, result) {
      const { manifests } = at(key);
      const manifest = manifests.get(archive);
      if (!manifest || manifest.followUp[step]) return false;
      manifests.set(archive, { ...manifest, followUp: { ...manifest.followUp, [step]: result } });
      return true;
    },

    async recordMerge(key, archive, result) {
      const { manifests } = at(key);
      const manifest = manifests.get(archive);
      if (!manifest || manifest.followUp.merge) return false;
      const { extraction } = manifest.followUp;
      const merged = extraction && { extraction: withoutMemories(extraction) };
      manifests.set(archive, { ...manifest, followUp: { ...manifest.followUp, ...merged, merge: result } });
      return true;
    },

    async recordAgain(key, archive, again) {
      const { manifests } = at(key);
      const manifest = manifests.get(archive);
      if (!manifest?.followUp.merge || isKnown(manifest.followUp, again.id)) return false;
      manifests.set(archive, { ...manifest, followUp: { ...manifest.followUp, again } });
      return true;
    },

    async failAgain(key, archive, id, { drops, ...failure }) {
      const { manifests } = at(key);
      const manifest = manifests.get(archive);
      const again = manifest?.followUp.again;
      if (!manifest || again?.id !== id) return false;
      const failed = drops
        ? { id, extraction: { outcome: 'skipped', ...failure } as const }
        : { ...again, failure };
      manifests.set(archive, { ...manifest, followUp: { ...manifest.followUp, again: failed } });
      return true;
    },

    async recordReplaced(key, archive, { id, extraction }, merge) {
      const { manifests } = at(key);
      const manifest = manifests.get(archive);
      if (manifest?.followUp.again?.id !== id) return false;
      const { again: _, ...followUp } = manifest.followUp;
      const replaced = { ...followUp, extraction: withoutMemories(extraction), merge };
      manifests.set(archive, { ...manifest, followUp: replaced });
      return true;
    },

    async setFollowUpState(key, archive, state) {
      const { manifests } = at(key);
      const manifest = manifests.get(archive);
      if (!manifest || manifest.followUp.state === 'completed') return;
      manifests.set(archive, { ...manifest, followUp: { ...manifest.followUp, state } });
    },
  };
}

function isKnown({ again, extraction }: Manifest['followUp'], id: string): boolean {
  if (again?.id === id && again.extraction.outcome === 'done') return true;
  return extraction?.outcome === 'done' && extraction.againId === id;
}

function excerptOf<Part extends ManifestPart>(
  { chunks, followUp: { state, summary }, ...head }: Manifest,
  parts: readonly Part[],
): ManifestExcerpt<Part> {
  const wants = (part: ManifestPart) => parts.some((one) => one === part);
  const followUp = { state, ...(wants('summary') && summary && { summary }) };
  return { ...head, ...(wants('chunks') && { chunks }), followUp } as ManifestExcerpt<Part>;
}
