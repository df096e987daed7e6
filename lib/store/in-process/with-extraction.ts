import type { ExtractionAgain, FollowUpProgress, FollowUpStep, Manifest } from '../../archive/index.ts';

/** The manifest with a step's result; undefined where it has one. */
export function withStep<S extends FollowUpStep>(
  manifest: Manifest | undefined,
  step: S,
  result: NonNullable<FollowUpProgress[S]>,
): Manifest | undefined {
  if (!manifest || manifest.followUp[step]) return undefined;
  return { ...manifest, followUp: { ...manifest.followUp, [step]: result } };
}

/** The manifest with what was extracted once more; undefined where it is not merged, or had one of this id. */
export function withAgain(manifest: Manifest | undefined, again: ExtractionAgain): Manifest | undefined {
  if (!manifest?.followUp.merge || isKnown(manifest.followUp, again.id)) return undefined;
  return { ...manifest, followUp: { ...manifest.followUp, again } };
}

function isKnown({ again, extraction }: Manifest['followUp'], id: string): boolean {
  if (again?.id === id && again.extraction.outcome === 'done') return true;
  return extraction?.outcome === 'done' && extraction.againId === id;
}
