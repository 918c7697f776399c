import { Clock } from '../clock';
import { ApiObject, Registry } from '../kubernetes-api';
import { ImageTags } from './imageId';

/** What the node gives each of its pods. */
export interface NodeServices {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly random: () => number;
  /** Share of requests that a healthy version answers with HTTP 500 at present. */
  readonly ownErrorShare: () => number;
  readonly images: ImageTags;
  /** From scheduled to started. */
  readonly startMs: number;
  /** From started to ready. */
  readonly readyMs: number;
  /** How long a pod that is being deleted serves on. */
  readonly drainMs: number;
  readonly log: (podUid: string, line: string) => void;
  readonly recordEvent: (
    object: ApiObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ) => void;
}
