// Identifiers and versions.
import debug from "debug";
import ms from "ms";
import { customAlphabet, nanoid } from "nanoid";
import semver from "semver";
import { parse, stringify, v4, v5, v7, validate, version } from "uuid";

const ids = new Set(Array.from({ length: 1000 }, () => nanoid()));
console.log(ids.size, [...ids].every((id) => /^[\w-]{21}$/.test(id)), /^[abc]{8}$/.test(customAlphabet("abc", 8)()));

const random = v4();
console.log(validate(random), version(random), version(v7()), stringify(parse(random)) === random);
console.log(v5("extrun", v5.DNS), new Set(Array.from({ length: 1000 }, () => v4())).size);

console.log(semver.satisfies("1.4.2", "^1.2.0 || >=3.0.0-beta"), semver.inc("1.2.3-rc.1", "prerelease"), semver.coerce("v2.1")?.version);
console.log(semver.sort(["1.10.0", "1.2.0", "1.2.0-alpha"]).join(), semver.maxSatisfying(["1.0.0", "1.9.1", "2.0.0"], "1.x"));

console.log(ms("2.5 hours"), ms(90_000), ms(90_000, { long: true }));
const log = debug("extension:network");
console.log(typeof log);
