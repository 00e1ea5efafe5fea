import { equal, test, throws } from "./harness.js";

test("HTML 8.3: btoa", () => {
  equal([btoa(""), btoa("a"), btoa("ab"), btoa("abc"), btoa("\u00ff\u0000"), btoa(null), btoa(12)], ["", "YQ==", "YWI=", "YWJj", "/wA=", "bnVsbA==", "MTI="]);
  for (const wrong of ["Ā", "😀", "\ud800"]) equal(throws("InvalidCharacterError", () => btoa(wrong)).code, 5);
  throws("TypeError", () => btoa());
});

test("Infra 4.6: forgiving base64", () => {
  equal([atob(""), atob("YQ=="), atob("YQ"), atob("YWI="), atob(" Y\tW\nJ\fj\r"), atob("/wA="), atob("YR==")], ["", "a", "a", "ab", "abc", "\u00ff\u0000", "a"]);
  for (const wrong of ["Y", "YQ=", "YQ===", "=", "==", "====", "Y=Q=", "YQ==YQ==", "Y-_Q", "Yä==", "YWJj=", "YW\u00a0Jj"]) throws("InvalidCharacterError", () => atob(wrong));
  throws("TypeError", () => atob());
});

test("every byte comes back", () => {
  const all = String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i));
  equal(atob(btoa(all)), all);
});
