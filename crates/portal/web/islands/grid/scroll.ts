// Scrolling through more pixels than a browser allows.
//
// Browsers stop at some 17 to 33 million pixels; a million rows need more. The scroll bar then covers a shorter
// track: its two ends are true to the pixel, its middle is compressed. Small moves (wheel, touch, keys) always move by
// as many pixels as asked; only a drag of the bar jumps.

/** Longest track, in pixels, safe in every browser. */
export const MAX_TRACK = 12_000_000;
/** Pixels at each end of the track that are not compressed. */
const TRUE_ENDS = 400_000;

/** A track of `track` pixels that stands for `virtual` pixels; both are the distance that can be scrolled. */
export interface Track {
  track: number;
  virtual: number;
}

export function toVirtual({ track, virtual }: Track, position: number): number {
  if (virtual <= track || position <= TRUE_ENDS) return position;
  if (position >= track - TRUE_ENDS) return virtual - (track - position);
  return TRUE_ENDS + ((position - TRUE_ENDS) * (virtual - 2 * TRUE_ENDS)) / (track - 2 * TRUE_ENDS);
}

export function toTrack({ track, virtual }: Track, position: number): number {
  if (virtual <= track || position <= TRUE_ENDS) return position;
  if (position >= virtual - TRUE_ENDS) return track - (virtual - position);
  return TRUE_ENDS + ((position - TRUE_ENDS) * (track - 2 * TRUE_ENDS)) / (virtual - 2 * TRUE_ENDS);
}

/** Follows an element's scroll position and says which virtual position it means. */
export class Scroller {
  /** Virtual pixels above the first visible one. */
  position = 0;
  private last = 0;
  private settle = 0;

  constructor(
    private readonly box: HTMLElement,
    private readonly ends: () => Track,
  ) {}

  /** Reads the box after a scroll event. */
  follow(): void {
    const ends = this.ends();
    const now = this.box.scrollTop;
    const move = now - this.last;
    this.last = now;
    if (ends.virtual <= ends.track || now <= 0 || now >= ends.track - 1) {
      this.position = toVirtual(ends, now);
      return;
    }
    const small = Math.abs(move) < 3 * this.box.clientHeight;
    this.position = small ? clamp(this.position + move, ends.virtual) : toVirtual(ends, now);
    // Small moves drift from the place of the bar; it is put right once the hand rests.
    window.clearTimeout(this.settle);
    this.settle = window.setTimeout(() => this.moveTo(this.position), 200);
  }

  /** Goes to a virtual position. */
  moveTo(position: number): void {
    const ends = this.ends();
    this.position = clamp(position, ends.virtual);
    this.box.scrollTop = toTrack(ends, this.position);
    this.last = this.box.scrollTop;
  }

  /** Difference between a row's virtual place and its place in the track, for now. */
  get shift(): number {
    return this.last - this.position;
  }
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most));
