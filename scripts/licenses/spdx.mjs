/**
 * Whether one may do with it what the expression's choices leave, if only the licences named are taken. `OR` leaves the choice, `AND` does not; an
 * exception (`WITH`) only ever permits more. What is no SPDX expression is not taken.
 * @param {string} expression as in a manifest: `MIT`, `(MIT OR GPL-3.0-only)`, `Apache-2.0 WITH LLVM-exception`
 * @param {ReadonlySet<string>} taken
 * @returns {boolean}
 */
export function allows(expression, taken) {
  const words = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  let whole = true;
  const any = () => {
    let good = all();
    while (words[at] === 'OR') {
      at++;
      good = all() || good;
    }
    return good;
  };
  const all = () => {
    let good = one();
    while (words[at] === 'AND') {
      at++;
      good = one() && good;
    }
    return good;
  };
  /** @returns {boolean} */
  const one = () => {
    const word = words[at++] ?? '';
    if (word === '(') {
      const good = any();
      return words[at++] === ')' && good;
    }
    if (!/^(?!(?:AND|OR|WITH)$)[\w.+-]+$/.test(word)) whole = false;
    if (words[at] === 'WITH') at += 2;
    return taken.has(word);
  };
  const good = any();
  return good && whole && at === words.length;
}
