// An answer of this page to the question of the room: sent until it has arrived, and known after a reload.

/** @typedef {import("../server/rooms.js").Reply} Reply */
/** @typedef {"none" | "unsent" | "sent" | "late" | "refused"} Fate */
/** @typedef {{key: string, chosen: string[], fate: Fate, message: string}} Answer chosen: as marked, sent or not */
/**
 * @typedef {object} World
 * @property {(ballot: Api.Ballot) => Promise<Reply>} send
 * @property {(act: () => void, ms: number) => any} set
 * @property {(timer: any) => void} clear
 * @property {() => number} random
 * @property {string} voter
 * @property {(answer: Answer | null) => void} keep
 */

const FIRST = 1000, LONGEST = 8000; // ms between two tries
const LATE = [404, 409, 410]; // the question is closed or gone; 404 while the server comes back is tried again

/** Another one where the same question is asked anew, without the votes that it had. @param {Api.Asked} asked */
export const keyOf = ({ question, round = 1, begun }) => `${question}/${round}/${begun}`;

/**
 * @param {World} world
 * @param {() => void} changed
 * @param {Answer | null} kept
 */
export function voting({ send, set, clear, random, voter, keep }, changed, kept) {
  /** @type {Answer} */
  let answer = kept ?? { key: "", chosen: [], fate: "none", message: "" };
  /** @type {any} */
  let timer;
  let isSending = false, failures = 0, version = 0;

  /** @param {Partial<Answer>} over */
  function become(over) {
    answer = { ...answer, ...over };
    keep(answer);
    changed();
  }

  /** The answer to this question; of another one nothing stays. @param {Api.Asked} asked */
  function about(asked) {
    const key = keyOf(asked);
    if (answer.key !== key) {
      clear(timer);
      version += 1;
      answer = { key, chosen: [], fate: "none", message: "" };
    }
    return answer;
  }

  /** Mark a choice; where there is one answer it is sent at once. @param {Api.Asked} asked @param {string} value */
  function choose(asked, value) {
    const { chosen } = about(asked);
    const marked = !asked.several
      ? [value]
      : chosen.includes(value)
      ? chosen.filter((one) => one !== value)
      : [...chosen, value];
    become({ chosen: marked, fate: "none", message: "" });
    if (!asked.several) submit(asked);
  }

  /** @param {Api.Asked} asked */
  function submit(asked) {
    about(asked);
    if (!answer.chosen.length) return;
    version += 1;
    failures = 0;
    clear(timer);
    if (!isSending) transmit(asked);
  }

  /** @param {Api.Asked} asked */
  async function transmit(asked) {
    const mine = version, { question, round = 1 } = asked;
    isSending = true;
    const reply = await send({ question, round, choices: answer.chosen, voter });
    isSending = false;
    if (answer.key !== keyOf(asked)) return;
    if (mine !== version) return void transmit(asked); // another answer was given meanwhile
    const { status, message, seconds } = reply;
    if (status === 204) become({ fate: "sent", message: "" });
    else if (LATE.includes(status) && status !== 404) become({ fate: "late" });
    else if (status >= 400 && status < 500 && status !== 404 && status !== 429) {
      become({ fate: "refused", message });
    } else {
      failures += 1;
      become({ fate: "unsent" });
      const pause = Math.min(LONGEST, FIRST * 2 ** (failures - 1)) * (1 + random());
      timer = set(() => isSending || transmit(asked), Math.max(pause, 1000 * seconds));
    }
  }

  return { about, choose, submit };
}
