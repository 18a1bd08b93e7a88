// Bounded map (FIFO): the oldest entry is dropped when a new one exceeds the limit; reading does not refresh an entry.

/** @template K, V @extends {Map<K, V>} */
export class Recent extends Map {
  /** @param {number} most */
  constructor(most) {
    super();
    this.most = most;
  }

  /** @override @param {K} key @param {V} value */
  set(key, value) {
    super.set(key, value);
    if (this.size > this.most) this.delete(/** @type {K} */ (this.keys().next().value));
    return this;
  }
}
