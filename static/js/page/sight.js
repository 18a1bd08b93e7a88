// The part of a wide picture that is in sight, as the fragment names it (from=): written once scrolling rests, and
// scrolled to when a link, the history or a reload asks for it.

const REST = 200; // ms without a scroll event

/** What the address has asked for, told apart from what the page wrote there itself after scrolling. */
export function sightInAddress() {
  /** @type {number | null} as the address last named it */
  let named = null;
  /** @type {Set<number | null>} written by the page, until it comes back */
  const own = new Set();
  return {
    /** Whether the picture is to be scrolled for it. @param {number | null} from */
    isAsked: (from) => from !== named && !own.has(from),
    /** The page writes it. @param {number | null} from @param {number | null} before what the address says so far */
    writes(from, before) {
      if (from !== before) own.add(from);
    },
    /** It is drawn. @param {number | null} from */
    isShown(from) {
      named = from;
      own.delete(from);
    },
  };
}

/** A handler of scroll events that calls once they have ended. @param {() => void} rested */
export function atRest(rested) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(rested, REST);
  };
}
