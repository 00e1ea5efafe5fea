/** Well-known symbols as properties of Symbol. */

import { installSymbol } from "./symbols";

script.exports = {
  asyncIterator: () => installSymbol("asyncIterator"),
  metadata: () => installSymbol("metadata"),
};
