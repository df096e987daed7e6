import { isDeepStrictEqual } from 'node:util';
import { type Manifest, withoutMemories } from '../../archive/index.ts';
import { sortKeys } from '../../table/index.ts';
import type { ArchiveStore } from '../archive-store.ts';
import { excerptOf } from './excerpt-of.ts';
import { readArchivePage } from './read-archive-page.ts';
import { putIfAbsent, type StoredSessions } from './stored-sessions.ts';
import { withAgain, withStep } from './with-extraction.ts';

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

    async readArchives(key, through) {
      return readArchivePage(find(key), through);
    },

    async recordStep(key, archive, step, result) {
      const { manifests } = at(key);
      return replaced(manifests, archive, withStep(manifests.get(archive), step, result));
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
      return replaced(manifests, archive, withAgain(manifests.get(archive), again));
    },

    async leaveMemories(key, archive, { step, before, memories }) {
      const { manifests } = at(key);
      const manifest = manifests.get(archive);
      if (!manifest) return false;
      const { extraction, again } = manifest.followUp;
      const stored = step === 'again' ? again?.extraction : extraction;
      if (stored?.outcome !== 'done' || !isDeepStrictEqual(stored.memories, before)) return false;
      const left = { ...stored, memories };
      const kept =
        step === 'again' && again ? { again: { ...again, extraction: left } } : { extraction: left };
      return replaced(manifests, archive, { ...manifest, followUp: { ...manifest.followUp, ...kept } });
    },

    async failAgain(key, archive, id, failure) {
      const { manifests } = at(key);
      const manifest = manifests.get(archive);
      const again = manifest?.followUp.again;
      if (!manifest || again?.id !== id) return false;
      manifests.set(archive, {
        ...manifest,
        followUp: { ...manifest.followUp, again: { ...again, failure } },
      });
      return true;
    },

    async recordReplaced(key, archive, { id, extraction }, merge) {
      const { manifests } = at(key);
      const manifest = manifests.get(archive);
      if (manifest?.followUp.again?.id !== id) return false;
      const { again: _, ...followUp } = manifest.followUp;
      const merged = { ...followUp, extraction: withoutMemories(extraction), merge };
      return replaced(manifests, archive, { ...manifest, followUp: merged });
    },

    async setFollowUpState(key, archive, state) {
      const { manifests } = at(key);
      const manifest = manifests.get(archive);
      if (!manifest || manifest.followUp.state === 'completed') return;
      manifests.set(archive, { ...manifest, followUp: { ...manifest.followUp, state } });
    },
  };
}

/** Returns whether there is another manifest, which is there now. */
function replaced(manifests: Map<number, Manifest>, archive: number, other: Manifest | undefined): boolean {
  if (other) manifests.set(archive, other);
  return other !== undefined;
}
