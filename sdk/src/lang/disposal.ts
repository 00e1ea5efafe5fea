/** Symbol.dispose and Symbol.asyncDispose, and iterators that can be disposed of. */

import { defineMissing, methodOf } from "./define";
import { iteratorPrototype } from "./prototypes";
import { dispose, installSymbol } from "./symbols";

script.exports = {
  dispose() {
    installSymbol("dispose");
    installSymbol("asyncDispose");
    defineMissing(iteratorPrototype, {
      [dispose](this: object): void {
        methodOf(this, "return")?.call(this);
      },
    });
  },
};
