// Pieces of a ledger card as plain data: columns of numbers, stacked matrices, signs between them.

/**
 * A vector, drawn as a column.
 * @param {string} head
 * @param {number[]} values
 * @param {Partial<LedgerColumn>} [how]
 * @returns {LedgerColumn}
 */
export const column = (head, values, how = {}) => ({
  kind: "column",
  head,
  values,
  scale: "gradient",
  power: "vectors",
  shape: "N,H",
  ...how,
});

/** @param {string} text @returns {LedgerSign} */
export const between = (text) => ({ kind: "sign", text });

/**
 * Every number that shares a power of ten in these cards.
 * @param {LedgerCard[]} cards
 * @param {"vectors" | "matrices"} power
 * @returns {number[]}
 */
export function sharing(cards, power) {
  return cards.flatMap(({ pieces }) => pieces).flatMap((piece) => {
    if (piece.kind === "column") return piece.power === power && !piece.hatched ? piece.values : [];
    if (piece.kind !== "stack" || piece.power !== power) return [];
    return [...(piece.top ? piece.top.values : []), ...piece.groups.flatMap(({ rows }) => rows.flat())];
  });
}
