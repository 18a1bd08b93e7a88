// A map that holds so much and no more: what came first goes first.

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
