import type { EvidencedMemory } from '../memory/index.ts';
import type { ArchiveRange } from './coverage.ts';

/** What an archive holds and where; written once. Only `followUp` is added to it later. */
export interface Manifest {
  readonly archive: number;
  /** First and last log position, both included. */
  readonly from: number;
  readonly to: number;
  readonly recordCount: number;
  readonly messageCount: number;
  /** Of the JSON lines, before compression. */
  readonly bytes: number;
  readonly chunks: readonly ChunkInfo[];
  readonly commitId: string;
  readonly sealedAtMs: number;
  readonly followUp: FollowUpProgress;
}

/** One chunk of an archive, in position order. */
export interface ChunkInfo {
  /** First and last position of its records. */
  readonly from: number;
  readonly to: number;
  /** Of the stored, compressed chunk. */
  readonly storedBytes: number;
  /** Of its JSON lines, in hex; independent of how they were compressed. */
  readonly sha256: string;
}

/** The checkpoints of the follow-up: what is recorded here is never done again. */
export interface FollowUpProgress {
  readonly state: 'pending' | 'completed' | 'dead-lettered';
  readonly summary?: StepResult<{
    readonly text: string;
    /** The archives whose content the text carries: this one, and those whose summaries it was given. */
    readonly covers: readonly ArchiveRange[];
  }>;
  readonly extraction?: StepResult<{
    /** Until they are merged: from then on statements have them. */
    readonly memories: readonly EvidencedMemory[];
    /** Whose memories they are to be; absent in archives that an earlier release has extracted: the session's. */
    readonly scope?: string;
    /** Which extraction it was, when the archive was extracted once more. */
    readonly againId?: string;
    /** How many more the model gave, in a form that cannot be used. */
    readonly rejected?: number;
    /** Of the deployment's own categories and instructions, where it had any: `support.3f9a2c1b`. */
    readonly extractionVersion?: string;
  }>;
  readonly merge?: StepResult<{
    readonly created: number;
    readonly updated: number;
    readonly unchanged: number;
    readonly retracted?: number;
  }>;
  /** Whether messages and memories can be found by meaning; absent where the deployment has no embedding model. */
  readonly embedding?:
    | {
        readonly outcome: 'done';
        readonly atMs: number;
        /** The embedder's id. */
        readonly by: string;
        /** How many messages have a vector; others have nothing to say in words. */
        readonly messages: number;
      }
    | { readonly outcome: 'skipped'; readonly atMs: number; readonly reason: string };
  /** What was extracted once more, and has not taken the place of what was merged. */
  readonly again?: ExtractionAgain;
}

export interface ExtractionAgain {
  readonly id: string;
  readonly extraction: NonNullable<FollowUpProgress['extraction']>;
  /** Why it could not be merged, the last time that a message to do so was given up. */
  readonly failure?: { readonly atMs: number; readonly reason: string };
}

/** What is most of a manifest's size, so that a reader of many says which of it is wanted. */
export type ManifestPart = 'chunks' | 'summary' | 'embedding';

/** A manifest without extraction and merge, and with the given parts only. */
export type ManifestExcerpt<Part extends ManifestPart = never> = Omit<Manifest, 'chunks' | 'followUp'> &
  Pick<Manifest, Part & 'chunks'> & {
    readonly followUp: Pick<FollowUpProgress, 'state' | (Part & ('summary' | 'embedding'))>;
  };

/** The steps of the follow-up, in order. */
export type FollowUpStep = 'summary' | 'extraction' | 'merge';

/** How a step ended: with a value and the model that gave it, or left out, as the limits say, for a reason. */
type StepResult<T> =
  | ({
      readonly outcome: 'done';
      readonly atMs: number;
      /** `provider:model`, or `commitlane` where no model is asked. */
      readonly by: string;
      /** The prompts that the model was asked with, joined by `+`. */
      readonly promptVersion?: string;
      readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
      /** Secrets that were replaced by placeholders; absent where there are none. */
      readonly redacted?: number;
    } & T)
  | { readonly outcome: 'skipped'; readonly atMs: number; readonly reason: string };
